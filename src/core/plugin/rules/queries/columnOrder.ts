import type { Fix } from '../../../problem/diagnostic.ts';
import type { NamedQuery, QueryColumn } from '../../query/namedQuery.ts';
import type { SelectItem } from '../../sql/selectList.ts';
import type { QueryRule } from './queryRule.ts';

export const columnOrder: QueryRule = {
  code: 'PS253',
  check({ queries }, report) {
    for (const query of queries) {
      const swapped = firstSwap(query);
      if (swapped !== undefined)
        report({ start: swapped.column.start, end: swapped.column.end }, [swapped.name, swapped.gets], [swap(swapped)]);
    }
  },
};

interface Swap {
  readonly column: QueryColumn['element'];
  readonly other: QueryColumn['element'];
  readonly name: string;
  readonly gets: string;
}

function swap({ column, other }: Swap): Fix {
  const { text } = column.document;
  const edits = [
    { range: { start: column.start, end: column.end }, text: text.slice(other.start, other.end) },
    { range: { start: other.start, end: other.end }, text: text.slice(column.start, column.end) },
  ];
  return { title: 'Swap the two columns', automatic: false, edits };
}

/**
 * Two columns whose expressions carry each other's names. Only a full swap is certain: names may differ for
 * good reasons.
 */
function firstSwap({ columns, sql }: NamedQuery): Swap | undefined {
  const items = sql?.statement.items;
  if (items === undefined || items.length !== columns.length) return undefined;
  const columnNames = columns.map((column) => lastPart(column.name));
  const itemNames = items.map((item: SelectItem) => item.name?.toLowerCase());
  for (const [i, item] of itemNames.entries()) {
    const own = columnNames[i];
    if (item === undefined || own === undefined || item === own) continue;
    const other = columnNames.indexOf(item);
    if (other < 0 || other === i || columnNames.lastIndexOf(item) !== other || itemNames[other] !== own) continue;
    const column = columns[i];
    const right = columns[other];
    if (column !== undefined && right !== undefined && !column.element.unclosed && !right.element.unclosed)
      return { column: column.element, other: right.element, name: column.name, gets: item };
  }
  return undefined;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
