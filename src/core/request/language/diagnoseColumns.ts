import { phrase } from '../../problem/phrase.ts';
import type { Table, TableCatalog } from '../../catalog/tables.ts';
import type { FileIndex } from './fileIndex.ts';
import { fieldElement, listItems, wrongSeparator } from './nameList.ts';
import type { PlacedText } from './placedText.ts';
import { changeFix, didYouMean, nearestName, type Report } from './report.ts';

/**
 * The columns of a projection or of `sort`: their separator, whether they exist and whether the plugin may read them.
 * @param table undefined when each column names its own, as in a PowerQuery.
 */
export function diagnoseColumns(
  value: PlacedText,
  { separator, name }: { separator: ',' | ';'; name: string },
  table: Table | undefined,
  index: FileIndex,
  report: Report,
): void {
  const { tables } = index.context;
  const wrong = wrongSeparator(value, separator, name, report);
  for (const item of listItems(value, wrong ? /[,;]/ : new RegExp(separator))) {
    if (item.text === '' || item.text.includes('{{') || item.text.endsWith('*')) continue;
    const dot = item.text.lastIndexOf('.');
    const owner = dot > 0 ? tables?.table(item.text.slice(0, dot)) : table;
    if (owner !== undefined && tables !== undefined)
      diagnoseColumn(item, item.text.slice(dot + 1), owner, tables, report);
  }
}

/** `students.lastfirst;desc,students.dcid`: columns with their tables, and a direction behind each. */
export function diagnoseOrder(value: PlacedText, index: FileIndex, report: Report): void {
  const { tables } = index.context;
  for (const item of listItems(value, /,/)) {
    const [, column = '', direction] = /^([^;]*)(;.*)?$/s.exec(item.text) ?? [];
    if (item.text.includes('{{')) continue;
    if (direction !== undefined && !/^;(?:asc|desc)$/i.test(direction)) {
      const range = item.rangeOf(column.length + 1, item.text.length);
      report.add('PS554', range, ['order', phrase('asc or desc')]);
    }
    const dot = column.lastIndexOf('.');
    const owner = dot > 0 ? tables?.table(column.slice(0, dot)) : undefined;
    if (owner !== undefined && tables !== undefined) {
      diagnoseColumn(item.part(0, column.length), column.slice(dot + 1), owner, tables, report);
    }
  }
}

type ColumnFault =
  | { readonly kind: 'notReadable'; readonly name: string }
  | { readonly kind: 'unknown'; readonly near: string | undefined };

/** What is wrong with a column that a request names; undefined when nothing can be said. */
export function columnFault(column: string, table: Table, tables: TableCatalog): ColumnFault | undefined {
  const found = tables.column(table.name, column);
  if (found?.readable === false) return { kind: 'notReadable', name: found.name };
  const gone = found === undefined || (table.columnsReported && found.availability === 'notReported');
  if (!gone) return undefined;
  const near = nearestName(
    column,
    table.columns.filter(({ availability }) => availability !== 'notReported').map(({ name }) => name),
  );
  // The columns that come with the product are a default: only a slip of the pen is worth a word.
  return table.columnsReported || near !== undefined ? { kind: 'unknown', near } : undefined;
}

function diagnoseColumn(item: PlacedText, column: string, table: Table, tables: TableCatalog, report: Report): void {
  const fault = columnFault(column, table, tables);
  if (fault === undefined) return;
  if (fault.kind === 'notReadable') {
    report.add('PS551', item.range, [`${table.name}.${fault.name}`, fieldElement(table.name, fault.name)]);
    return;
  }
  const { near } = fault;
  const range = item.rangeOf(item.text.length - column.length, item.text.length);
  const mend = near === undefined ? phrase('Look up the columns of the table in the explorer.') : didYouMean(near);
  report.add('PS550', range, [column, table.name, mend], near === undefined ? [] : [changeFix(range, near)]);
}
