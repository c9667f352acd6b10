import type { Row, SqlValue } from '../district/district.ts';
import { findColumn, type ColumnDefinition, type TableDefinition } from '../district/dictionary.ts';
import { quote } from '../district/tableBuilder.ts';
import { pageOf } from '../query/paging.ts';
import { selectPage } from '../query/selectPage.ts';
import { jsonAnswer, type Answer } from '../server/answer.ts';
import { callerOf, idParameter, notFound, type Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';
import { extensionsAttribute } from './extensions.ts';
import { projectionOf, requireRead, tableOf } from './tableAccess.ts';
import { tableCondition } from './tableQuery.ts';

/** Reading tables: a list, its count, one row. */
export const TABLE_READ_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/ws/schema/table/{tablename}', access: 'token', handler: answerRows },
  { method: 'GET', path: '/ws/schema/table/{tablename}/count', access: 'token', handler: answerCount },
  { method: 'GET', path: '/ws/schema/table/{tablename}/{id}', access: 'token', handler: answerRow },
];

function answerRows(call: Call): Answer {
  const table = tableOf(call);
  const { district, anchors } = call.sandbox;
  const { columns } = projectionOf(call, table);
  const where = tableCondition(call, table);
  const page = pageOf(call, callerOf(call).pageLimits.schema_table_query_max_page_size);
  const rows = selectPage(
    district,
    anchors,
    { table: table.name, key: table.primaryKey, columns: columnsSql(table, columns), where, ...sortOf(call, table) },
    page,
  );
  const record = rows.map((row) => tableRecord(table, columns, row));
  const extensions = extensionsAttribute(district, table.name);
  return jsonAnswer({
    name: table.displayName,
    ...(record.length === 0 ? {} : { record }),
    '@extensions': extensions,
  });
}

function answerCount(call: Call): Answer {
  const table = tableOf(call);
  const where = tableCondition(call, table);
  const sql = `SELECT count(*) FROM ${quote(table.name)} WHERE ${where.sql}`;
  return jsonAnswer({ count: call.sandbox.district.number(sql, where.parameters) });
}

function answerRow(call: Call): Answer {
  const table = tableOf(call);
  const { columns } = projectionOf(call, table);
  const row = call.sandbox.district.get(
    `SELECT ${columnsSql(table, columns)} FROM ${quote(table.name)} WHERE ${quote(table.primaryKey)} = ?`,
    [idParameter(call)],
  );
  if (row === undefined) throw notFound();
  return jsonAnswer(tableRecord(table, columns, row));
}

/** One record: the key as a number, every column that has a value as a string. */
export function tableRecord(table: TableDefinition, columns: readonly ColumnDefinition[], row: Row): unknown {
  const values: Record<string, string> = {};
  for (const { name } of columns) {
    const text = tableText(row[name]);
    if (text !== undefined) values[name] = text;
  }
  return { id: Number(row[table.primaryKey]), name: table.displayName, tables: { [table.name]: values } };
}

function tableText(value: SqlValue | undefined): string | undefined {
  return value === null || value === undefined || value === '' ? undefined : String(value);
}

function columnsSql(table: TableDefinition, columns: readonly ColumnDefinition[]): string {
  return [...new Set([table.primaryKey, ...columns.map((column) => column.name)])].map(quote).join(', ');
}

function sortOf(call: Call, table: TableDefinition): { order?: string; descending?: boolean } {
  const name = call.query.get('sort');
  const descending = call.query.get('sortdescending')?.toLowerCase() === 'true';
  if (name === null || name === '') return { descending };
  const column = findColumn(table, name);
  if (column === undefined) throw new Refusal(400, `Invalid field ${name}`);
  requireRead(call, table, [{ spelling: column.displayName, column }]);
  return { order: quote(column.name), descending };
}
