import type { Fix } from '../../../problem/diagnostic.ts';
import type { TextEdit } from '../../../text/textRange.ts';
import type { QueryColumn, QuerySql } from '../../query/namedQuery.ts';
import { indentOf, lineEndOf, removeElement } from '../../schema/structureFixes.ts';
import { tablesOf } from '../../sql/fromTables.ts';
import type { SelectItem } from '../../sql/selectList.ts';

/**
 * Makes the columns those of the SELECT, when names tell which are missing or too many: the shorter of the two lists
 * must be found in the longer one in its order.
 */
export function columnMends(columns: readonly QueryColumn[], sql: QuerySql | undefined): Fix[] {
  const items = sql?.statement.items ?? [];
  const have = columns.map(({ name }) => name.slice(name.lastIndexOf('.') + 1).toLowerCase());
  const want = items.map(({ name }) => name?.toLowerCase() ?? '');
  // a tag that is not closed may hide the start of another column
  const isWhole = columns.every(({ element }) => element.endTagStart >= 0 && !element.unclosed && !element.damaged);
  if (sql === undefined || !isWhole || want.includes('') || have.includes('')) return [];
  if (have.length > want.length) {
    const extra = surplus(have, want);
    const edits = extra.flatMap((i) => {
      const element = columns[i]?.element;
      return element === undefined ? [] : removeElement(element.document, element).edits;
    });
    return edits.length === 0
      ? []
      : [{ title: 'Remove the columns that the SELECT does not have', automatic: false, edits }];
  }
  const missing = surplus(want, have);
  const edits = insertions(columns, items, missing, tablesOf(sql.statement.tokens));
  return edits.length === 0 ? [] : [{ title: 'Add the missing columns', automatic: false, edits }];
}

/** Indexes of the longer list that the shorter one, read in order, leaves over; none when it does not fit. */
function surplus(longer: readonly string[], shorter: readonly string[]): number[] {
  const left: number[] = [];
  let at = 0;
  for (const [i, name] of longer.entries()) {
    if (name === shorter[at]) at++;
    else left.push(i);
  }
  return at === shorter.length ? left : [];
}

function insertions(
  columns: readonly QueryColumn[],
  items: readonly SelectItem[],
  missing: readonly number[],
  tables: ReadonlyMap<string, string>,
): TextEdit[] {
  const at = new Map<number, string[]>();
  for (const [count, index] of missing.entries()) {
    // so many columns stand before it
    const before = index - count;
    const item = items[index];
    if (item !== undefined) at.set(before, [...(at.get(before) ?? []), columnOf(item, tables)]);
  }
  return [...at].flatMap(([before, lines]) => {
    const next = columns[before]?.element;
    const last = columns.at(-1)?.element;
    const beside = next ?? last;
    if (beside === undefined) return [];
    const { text } = beside.document;
    const gap = `${lineEndOf(text)}${indentOf(text, beside.start)}`;
    return next === undefined
      ? { range: { start: beside.end, end: beside.end }, text: lines.map((line) => `${gap}${line}`).join('') }
      : { range: { start: next.start, end: next.start }, text: lines.map((line) => `${line}${gap}`).join('') };
  });
}

function columnOf({ name = '', source }: SelectItem, tables: ReadonlyMap<string, string>): string {
  const only = tables.size === 1 ? tables.values().next().value : undefined;
  const table = source?.qualifier === undefined ? only : tables.get(source.qualifier);
  return source === undefined || table === undefined
    ? `<column>${name}</column>`
    : `<column column="${table}.${source.column.toUpperCase()}">${name}</column>`;
}
