import type { SqlValue } from '../district/district.ts';
import { findColumn, type TableDefinition } from '../district/dictionary.ts';
import { quote } from '../district/tableBuilder.ts';
import { pageOf } from '../query/paging.ts';
import { listsByKey, selectKeys } from '../query/selectPage.ts';
import { JSON_TYPE, jsonAnswer, type Answer } from '../server/answer.ts';
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
  const order = { table: table.name, key: table.primaryKey, where, ...sortOf(call, table) };
  const keys = selectKeys(district, anchors, order, page);
  const names = columns.map((column) => column.name);
  // Written row by row, from lists: as objects a wide page takes many times the memory of its text.
  let record = '';
  for (const [key, ...values] of listsByKey(district, table.name, table.primaryKey, names, keys)) {
    record += `${record === '' ? '' : ','}${recordText(table, names, Number(key), values)}`;
  }
  const name = JSON.stringify(table.displayName);
  const list = record === '' ? '' : `"record":[${record}],`;
  const extensions = JSON.stringify(extensionsAttribute(district, table.name));
  return {
    status: 200,
    body: { kind: 'text', type: JSON_TYPE, text: `{"name":${name},${list}"@extensions":${extensions}}` },
  };
}

function answerCount(call: Call): Answer {
  const table = tableOf(call);
  const where = tableCondition(call, table);
  const sql = `SELECT count(*) FROM ${quote(table.name)} WHERE ${where.sql}`;
  return jsonAnswer({ count: call.sandbox.district.number(sql, where.parameters) });
}

function answerRow(call: Call): Answer {
  const table = tableOf(call);
  const names = projectionOf(call, table).columns.map((column) => column.name);
  const [row] = listsByKey(call.sandbox.district, table.name, table.primaryKey, names, [idParameter(call)]);
  if (row === undefined) throw notFound();
  const [key, ...values] = row;
  return { status: 200, body: { kind: 'text', type: JSON_TYPE, text: recordText(table, names, Number(key), values) } };
}

/** One record: the key as a number, every column that has a value as a string. */
function recordText(
  table: TableDefinition,
  names: readonly string[],
  key: number,
  values: readonly SqlValue[],
): string {
  let columns = '';
  for (const [index, name] of names.entries()) {
    const value = values[index];
    if (value === null || value === undefined || value === '') continue;
    const text = typeof value === 'string' ? JSON.stringify(value) : `"${String(value)}"`;
    columns += `${columns === '' ? '' : ','}"${name}":${text}`;
  }
  return `{"id":${key},"name":${JSON.stringify(table.displayName)},"tables":{"${table.name}":{${columns}}}}`;
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
