import type { Diagnostic } from '../problem/diagnostic.ts';
import { LineIndex } from '../text/lineIndex.ts';
import type { XmlDocument, XmlElement } from './reader/xmlDocument.ts';

const DIRECTIVE = String.raw`\s*powerschool-disable(-next-line)?((?:[\s,]+PS\d{3,4})+)`;
const IN_XML = new RegExp(`^${DIRECTIVE}`);
/** Pages, scripts and MessageKeys: behind what starts a comment in them. */
const IN_TEXT = new RegExp(`(?:<!--|/[/*]|[#!])${DIRECTIVE}`, 'g');

/** Whether a finding of this code at this place was set aside. */
export type IsSuppressed = (code: string, start: number) => boolean;

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

/**
 * What the comments of a file set aside; undefined when they set nothing aside.
 * `<!-- powerschool-disable PS157 -->` anywhere holds for the whole file,
 * `<!-- powerschool-disable-next-line PS157 PS118 -->` for what begins in the line after the comment: in a start tag
 * and in SQL there can be no comment, so their further lines count as their first.
 * What makes the file unreadable as XML (the codes whose last two digits are below 30) cannot be set aside.
 */
export function suppressionsOf(text: string, document?: XmlDocument): IsSuppressed | undefined {
  const everywhere = new Set<string>();
  const onLine = new Map<number, Set<string>>();
  let lines: LineIndex | undefined;
  for (const { match, end } of directives(text, document)) {
    const codes = match[2]?.match(/PS\d+/g) ?? [];
    if (match[1] === undefined) {
      for (const code of codes) everywhere.add(code);
    } else {
      lines ??= new LineIndex(text);
      const line = lines.positionAt(end).line + 1;
      onLine.set(line, new Set([...(onLine.get(line) ?? []), ...codes]));
    }
  }
  if (everywhere.size === 0 && lines === undefined) return undefined;
  const isOnLine = (code: string, at: number): boolean =>
    lines !== undefined && onLine.get(lines.positionAt(at).line)?.has(code) === true;
  return (code, start) =>
    Number(code.slice(-2)) >= 30 &&
    (everywhere.has(code) || isOnLine(code, start) || isOnLine(code, beginningOf(document, start)));
}

function* directives(
  text: string,
  document: XmlDocument | undefined,
): Generator<{ readonly match: RegExpExecArray; readonly end: number }> {
  if (document === undefined) {
    for (const match of text.matchAll(IN_TEXT)) yield { match, end: match.index + match[0].length };
    return;
  }
  for (const { contentStart, contentEnd, end } of document.comments) {
    const match = IN_XML.exec(text.slice(contentStart, contentEnd));
    if (match !== null) yield { match, end };
  }
}

/** Where the start tag or the element without elements begins that a place is in; else the place itself. */
function beginningOf(document: XmlDocument | undefined, at: number): number {
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
