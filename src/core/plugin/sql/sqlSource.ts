import { readReference } from '../reader/references.ts';
import type { XmlElement } from '../reader/xmlDocument.ts';

/** The SQL of a query, placed so that an index into `text` plus `start` is an offset of the file. */
export interface SqlSource {
  readonly text: string;
  /** Offset of the first character of the element's content. */
  readonly start: number;
  /** All of it is in CDATA sections. */
  readonly inCdata: boolean;
}

/**
 * The content of <sql> with everything that is not SQL (CDATA marks, comments of XML) replaced by blanks, and
 * references by their character and blanks: every index stays a place in the file.
 */
export function sqlSourceOf(element: XmlElement): SqlSource {
  const file = element.document.text;
  const start = element.startTagEnd;
  const end = element.endTagStart >= 0 ? element.endTagStart : element.end;
  let text = '';
  let inCdata = true;
  for (const child of element.children) {
    if (child.kind !== 'text' && child.kind !== 'cdata') continue;
    text += ' '.repeat(Math.max(0, child.contentStart - start - text.length));
    const raw = file.slice(child.contentStart, child.contentEnd);
    if (child.kind === 'text') inCdata = false;
    text += child.kind === 'text' ? blankReferences(raw) : raw;
  }
  text += ' '.repeat(Math.max(0, end - start - text.length));
  return { text, start, inCdata };
}

function blankReferences(raw: string): string {
  let text = raw;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    const { value, end } = readReference(text, at);
    if (value !== '') text = text.slice(0, at) + value.padEnd(end - at) + text.slice(end);
  }
  return text;
}
