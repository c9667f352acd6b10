import { phrase } from '../../problem/phrase.ts';
import type { Span } from '../requestFile.ts';
import { hideVariables } from '../variableUse.ts';
import type { Report } from './report.ts';

/** PS546, with a fix; true when the other separator stands there. */
export function wrongSeparator(value: Span, separator: ',' | ';', name: string, report: Report): boolean {
  const other = separator === ',' ? ';' : ',';
  const outside = hideVariables(value.text);
  const at = outside.indexOf(other);
  if (at < 0) return false;
  const edits = [...outside.matchAll(new RegExp(other, 'g'))].map((match) => ({
    range: { start: value.range.start + match.index, end: value.range.start + match.index + 1 },
    text: separator,
  }));
  const range = { start: value.range.start + at, end: value.range.start + at + 1 };
  report.add(
    'PS546',
    range,
    [name, separator, other],
    [{ title: phrase('Separate by "{0}"', separator), edits, automatic: true }],
  );
  return true;
}

/** The items of a list with their places, without the spaces around them. */
export function listItems(value: Span, separator: RegExp): Span[] {
  const items: Span[] = [];
  let start = 0;
  for (const part of hideVariables(value.text).split(separator)) {
    const from = start + (part.length - part.trimStart().length);
    const end = from + part.trim().length;
    items.push({
      text: value.text.slice(from, end),
      range: { start: value.range.start + from, end: value.range.start + end },
    });
    start += part.length + 1;
  }
  return items;
}

/** The line of plugin.xml that grants a column. */
export function fieldElement(table: string, column: string): string {
  return `<field table="${table.toUpperCase()}" field="${column.toUpperCase()}" access="ViewOnly"/>`;
}
