import type { NamedQuery, QueryColumn } from '../../query/namedQuery.ts';
import type { SelectItem } from '../../sql/selectList.ts';
import type { QueryRule } from './queryRule.ts';

export const columnOrder: QueryRule = {
  code: 'PS253',
  check({ queries }, report) {
    for (const query of queries) {
      const swapped = firstSwap(query);
      if (swapped !== undefined)
        report({ start: swapped.column.start, end: swapped.column.end }, [swapped.gets, swapped.belongs]);
    }
  },
};

/**
 * Two columns whose expressions carry each other's names. Only a full swap is certain: names may differ for
 * good reasons.
 */
function firstSwap({
  columns,
  sql,
}: NamedQuery): { column: QueryColumn['element']; gets: string; belongs: string } | undefined {
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
    if (column !== undefined) return { column: column.element, gets: item, belongs: columns[other]?.name ?? item };
  }
  return undefined;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
