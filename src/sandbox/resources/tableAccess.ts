import type { FieldGrants } from '../auth/installedPlugin.ts';
import { findColumn, type ColumnDefinition, type TableDefinition } from '../district/dictionary.ts';
import { callerOf, notFound, type Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';

/** The table of the path; 404 when there is none, 405 when it is closed to the API. */
export function tableOf(call: Call, name = call.parameters['tablename'] ?? ''): TableDefinition {
  const table = call.sandbox.district.dictionary.table(name);
  if (table === undefined) throw notFound();
  if (table.kind === 'view') throw new Refusal(405, 'GET, POST and PUT are not allowed on table');
  return table;
}

export interface Projection {
  readonly columns: readonly ColumnDefinition[];
}

/**
 * The columns of a `projection`: a comma list of names, `table.column`, `*` or `table.*`. Existence is checked before
 * the rights, and a right that is missing names every column in the caller's own spelling.
 * Without a projection no column is given.
 */
export function projectionOf(call: Call, table: TableDefinition): Projection {
  const text = call.query.get('projection') ?? '';
  const asked: { readonly spelling: string; readonly column: ColumnDefinition }[] = [];
  for (const spelling of text.split(',').map((name) => name.trim())) {
    if (spelling === '') continue;
    if (spelling === '*' || spelling.toLowerCase() === `${table.name}.*`) {
      for (const column of table.columns) asked.push({ spelling: column.name, column });
      continue;
    }
    const prefix = `${table.name}.`;
    const name = spelling.toLowerCase().startsWith(prefix) ? spelling.slice(prefix.length) : spelling;
    const column = findColumn(table, name);
    if (column === undefined) {
      throw new Refusal(
        400,
        `Invalid field specified: ${spelling} is not valid column for table: ${table.displayName}`,
      );
    }
    asked.push({ spelling: name, column });
  }
  requireRead(call, table, asked);
  return { columns: [...new Set(asked.map(({ column }) => column))] };
}

/** 403 naming the columns that the caller may not read. */
export function requireRead(
  call: Call,
  table: TableDefinition,
  asked: readonly { readonly spelling: string; readonly column: ColumnDefinition }[],
): void {
  const { grants } = callerOf(call);
  const missing = asked.filter(({ column }) => grants.access(table.name, column.name) === undefined);
  if (missing.length > 0)
    throw noAccess(
      table,
      missing.map(({ spelling }) => spelling),
    );
}

/** 403 naming the columns that the caller may not write; `DELETE` needs every column of the table. */
export function requireFullAccess(
  grants: FieldGrants,
  table: TableDefinition,
  columns: readonly ColumnDefinition[],
): void {
  const missing = columns.filter((column) => grants.access(table.name, column.name) !== 'FullAccess');
  if (missing.length > 0)
    throw noAccess(
      table,
      missing.map((column) => column.displayName),
    );
}

export function noAccess(table: TableDefinition, fields: readonly string[]): Refusal {
  return new Refusal(403, 'At least one column lacks sufficient permission', {
    errors: fields.map((field) => ({ code: 'NoAccess', field, resource: table.displayName })),
  });
}
