import { phrase } from '../../problem/phrase.ts';
import { hideVariables } from '../variableUse.ts';
import type { PlacedText } from './placedText.ts';
import type { Report } from './report.ts';

/** PS546, with a fix; true when the other separator stands there. */
export function wrongSeparator(value: PlacedText, separator: ',' | ';', name: string, report: Report): boolean {
  const other = separator === ',' ? ';' : ',';
  const outside = hideVariables(value.text);
  const at = outside.indexOf(other);
  if (at < 0) return false;
  const edits = [...outside.matchAll(new RegExp(other, 'g'))].map((match) => ({
    range: value.rangeOf(match.index, match.index + 1),
    text: separator,
  }));
  report.add(
    'PS546',
    value.rangeOf(at, at + 1),
    [name, separator, other],
    [{ title: phrase('Separate by "{0}"', separator), edits, automatic: true }],
  );
  return true;
}

/** The items of a list with their places, without the spaces around them. */
export function listItems(value: PlacedText, separator: RegExp): PlacedText[] {
  const items: PlacedText[] = [];
  let start = 0;
  for (const part of hideVariables(value.text).split(separator)) {
    const from = start + (part.length - part.trimStart().length);
    items.push(value.part(from, from + part.trim().length));
    start += part.length + 1;
  }
  return items;
}

/** The line of plugin.xml that grants a column. */
export function fieldElement(table: string, column: string): string {
  return `<field table="${table.toUpperCase()}" field="${column.toUpperCase()}" access="ViewOnly"/>`;
}
