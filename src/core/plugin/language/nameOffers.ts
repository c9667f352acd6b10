import { describeColumn, describeTable } from '../../catalog/tableDocs.ts';
import type { TableCatalog } from '../../catalog/tables.ts';
import type { TextRange } from '../../text/textRange.ts';
import type { ValueSchema } from '../schema/elementModel.ts';
import { offer, type Completion } from './completion.ts';

/** All known tables, in capitals as manifests mostly write them; `after` is what follows the name. */
export function tablesFor(tables: TableCatalog, range: TextRange, after = ''): Completion[] {
  return tables.tables.map((table) =>
    offer({
      label: table.name.toUpperCase(),
      kind: 'table',
      range,
      text: table.name.toUpperCase() + after,
      again: after !== '',
      detail: table.description === '' ? undefined : table.description,
      documentation: () => describeTable(table, tables),
    }),
  );
}

/** The columns of one table. */
export function columnsOf(tables: TableCatalog, tableName: string, range: TextRange): Completion[] {
  const table = tables.table(tableName.trim());
  return (table?.columns ?? []).flatMap((column) =>
    table === undefined
      ? []
      : [
          offer({
            label: column.name.toUpperCase(),
            kind: 'column',
            range,
            detail: column.type,
            documentation: () => describeColumn(table, column, tables),
          }),
        ],
  );
}

/** `TABLE.FIELD`, written at `range`: before its dot tables, behind it the columns of that table. */
export function namedColumns(
  tables: TableCatalog,
  written: string,
  { start, end }: TextRange,
  offset: number,
): Completion[] {
  const dot = written.indexOf('.');
  if (dot < 0) return tablesFor(tables, { start, end }, '.');
  if (offset <= start + dot) return tablesFor(tables, { start, end: start + dot });
  return columnsOf(tables, written.slice(0, dot), { start: start + dot + 1, end });
}

/** The values that the schema lists. */
export function valuesOf(schema: ValueSchema, range: TextRange): Completion[] {
  return Object.entries(schema.values ?? {}).map(([label, detail], i) =>
    offer({ label, kind: 'value', range, detail, sort: String(i) }),
  );
}
