import type { Diagnostic } from '../problem/diagnostic.ts';
import {
  SUPPRESSION,
  suppressedBy,
  suppressionOf,
  type IsSuppressed,
  type Suppression,
} from '../problem/suppressions.ts';
import type { XmlDocument, XmlElement } from './reader/xmlDocument.ts';

const IN_XML = new RegExp(`^${SUPPRESSION}`);
/** Pages, scripts and MessageKeys: behind what starts a comment in them. */
const IN_TEXT = new RegExp(`(?:<!--|/[/*]|[#!])${SUPPRESSION}`, 'g');

/** Takes out what the file's writer has set aside. `document` of an XML file. */
export function withoutSuppressed(
  text: string,
  document: XmlDocument | undefined,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  const isSuppressed = suppressionsOf(text, document);
  return isSuppressed === undefined
    ? diagnostics
    : diagnostics.filter(({ code, range }) => !isSuppressed(code, range.start));
}

/** What makes a file unreadable as XML cannot be set aside. */
export function canBeSuppressed(code: string): boolean {
  return Number(code.slice(-2)) >= 30;
}

/**
 * What the comments of a file set aside; undefined when they set nothing aside.
 * `<!-- powerschool-disable PS157 -->` anywhere holds for the whole file,
 * `<!-- powerschool-disable-next-line PS157 PS118 -->` for what begins in the line after the comment: in a start tag
 * and in SQL there can be no comment, so their further lines count as their first.
 */
export function suppressionsOf(text: string, document?: XmlDocument): IsSuppressed | undefined {
  const isSuppressed = suppressedBy(text, document === undefined ? inText(text) : inXml(document));
  if (isSuppressed === undefined) return undefined;
  return (code, ...places) =>
    canBeSuppressed(code) && isSuppressed(code, ...places, ...places.map((at) => beginningOf(document, at)));
}

function inText(text: string): Suppression[] {
  return Array.from(text.matchAll(IN_TEXT), (match) => suppressionOf(match, match.index + match[0].length));
}

function inXml({ text, comments }: XmlDocument): Suppression[] {
  return comments.flatMap(({ contentStart, contentEnd, end }) => {
    const match = IN_XML.exec(text.slice(contentStart, contentEnd));
    return match === null ? [] : suppressionOf(match, end);
  });
}

/** Where the start tag or the element without elements begins that a place is in; else the place itself. */
export function beginningOf(document: XmlDocument | undefined, at: number): number {
  const isAround = ({ start, end }: XmlElement): boolean => start <= at && at < end;
  let inner = document?.root;
  if (inner === undefined || !isAround(inner)) return at;
  for (;;) {
    const next: XmlElement | undefined = inner.elements().find(isAround);
    if (next === undefined) break;
    inner = next;
  }
  return at < inner.startTagEnd || inner.elements().length === 0 ? inner.start : at;
}
