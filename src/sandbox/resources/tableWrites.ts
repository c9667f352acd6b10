import type { ColumnValues } from '../district/rowStore.ts';
import type { SqlValue } from '../district/district.ts';
import { findColumn, type ColumnDefinition, type TableDefinition } from '../district/dictionary.ts';
import { emptyAnswer, jsonAnswer, type Answer } from '../server/answer.ts';
import { callerOf, idParameter, jsonBody, notFound, type Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';
import { readColumnText } from './columnValue.ts';
import { requireFullAccess, tableOf } from './tableAccess.ts';

/** Writing rows of extension, child and standalone tables, changing rows of core tables. */
export const TABLE_WRITE_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/ws/schema/table/{tablename}', access: 'token', handler: answerInsert },
  { method: 'PUT', path: '/ws/schema/table/{tablename}/{id}', access: 'token', handler: answerUpdate },
  { method: 'DELETE', path: '/ws/schema/table/{tablename}/{id}', access: 'token', handler: answerDelete },
];

function answerInsert(call: Call): Answer {
  const table = tableOf(call);
  if (table.kind === 'core') throw new Refusal(405, 'POST is not allowed on table');
  const values = writtenValues(call, table, { onlyText: true });
  const { rows } = call.sandbox;
  requireParent(call, table, values);
  if (table.kind === 'oneToOne') {
    const key = Number(values[table.primaryKey] ?? 0);
    if (rows.exists(table, key)) {
      throw new Refusal(404, `Record ${key} of ${table.name} exists. Use PUT to update existing records`);
    }
  }
  return writeAnswer(call, table, 'INSERT', rows.insert(table, values), 200);
}

function answerUpdate(call: Call): Answer {
  const table = tableOf(call);
  const key = idParameter(call);
  const { rows } = call.sandbox;
  const values = writtenValues(call, table, { onlyText: table.kind !== 'core' });
  if (!rows.exists(table, key)) {
    if (table.kind !== 'oneToOne') throw notFound();
    throw new Refusal(404, `No record ${key} in ${table.name}. Use POST to insert a new record`);
  }
  rows.update(table, key, values);
  return writeAnswer(call, table, 'UPDATE', key, 200);
}

function answerDelete(call: Call): Answer {
  const table = tableOf(call);
  if (table.kind === 'core') throw new Refusal(405, 'DELETE is not allowed on table');
  return deleteRow(call, table);
}

/** Deletes the row of the path: FullAccess on all columns of the table is needed. */
export function deleteRow(call: Call, table: TableDefinition): Answer {
  const key = idParameter(call);
  requireFullAccess(callerOf(call).grants, table, table.columns);
  if (!call.sandbox.rows.exists(table, key)) throw notFound();
  call.sandbox.rows.delete(table, key);
  return emptyAnswer(204);
}

/** A child row needs a parent that exists. */
function requireParent(call: Call, table: TableDefinition, values: ColumnValues): void {
  if (table.parent === undefined || table.parentKey === undefined) return;
  const parent = call.sandbox.district.dictionary.required(table.parent);
  const key = values[table.parentKey];
  if (typeof key !== 'number' || !call.sandbox.rows.exists(parent, key)) {
    throw new Refusal(400, `Invalid ${table.parentKey}: there is no such row in ${parent.displayName}`);
  }
}

/** The result of a write: no `results` around it, and `result` is always an array. */
export function writeAnswer(
  call: Call,
  table: TableDefinition,
  action: 'INSERT' | 'UPDATE',
  key: number,
  status: number,
): Answer {
  return jsonAnswer(
    {
      insert_count: action === 'INSERT' ? 1 : 0,
      update_count: action === 'UPDATE' ? 1 : 0,
      delete_count: 0,
      result: [
        {
          status: 'SUCCESS',
          action,
          success_message: { id: key, ref: `${call.origin}/ws/schema/table/${table.name}/${key}` },
        },
      ],
    },
    status,
  );
}

/**
 * The columns of the body's `tables.<name>`. With `onlyText` every value must be a JSON string, as the table API wants
 * it; the endpoints with documented models take numbers and booleans too.
 */
export function writtenValues(
  call: Call,
  table: TableDefinition,
  options: { readonly onlyText: boolean },
): ColumnValues {
  const columns = writtenColumns(recordOf(jsonBody(call), table), table, options);
  requireFullAccess(
    callerOf(call).grants,
    table,
    columns.map(({ column }) => column),
  );
  return Object.fromEntries(columns.map(({ column, value }) => [column.name, value]));
}

/** Reads the columns of one record; 400 for a name that is no column and for a value that does not fit. */
export function writtenColumns(
  record: Readonly<Record<string, unknown>>,
  table: TableDefinition,
  options: { readonly onlyText: boolean },
): readonly { readonly column: ColumnDefinition; readonly value: SqlValue }[] {
  return Object.entries(record).map(([name, json]) => {
    const column = findColumn(table, name);
    if (column === undefined) {
      throw new Refusal(400, `Invalid field specified: ${name} is not valid column for table: ${table.displayName}`);
    }
    const text = textOfJson(json, options.onlyText);
    if (text === undefined) {
      throw validationFailed(table, name, 'Value must be sent as a string');
    }
    const read = readColumnText(column, text);
    if ('error' in read) throw validationFailed(table, name, read.error);
    return { column, value: read.value };
  });
}

/** 400 that names the column. */
export function validationFailed(table: TableDefinition, field: string, code: string): Refusal {
  return new Refusal(400, 'Validation Failed', { errors: [{ resource: table.displayName, field, code }] });
}

/** `tables.<name>` of a body, whatever the case of the name. */
export function recordOf(body: unknown, table: TableDefinition): Readonly<Record<string, unknown>> {
  const tables = objectAt(body, 'tables');
  const name = Object.keys(tables ?? {}).find((key) => key.toLowerCase() === table.name);
  const record = name === undefined ? undefined : objectAt(tables, name);
  if (record === undefined) throw new Refusal(400, `The request body must have tables.${table.name}`);
  return record;
}

/** A member of a JSON object that is an object itself. */
export function objectAt(value: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const member = (value as Readonly<Record<string, unknown>>)[name];
  return typeof member === 'object' && member !== null && !Array.isArray(member)
    ? (member as Readonly<Record<string, unknown>>)
    : undefined;
}

function textOfJson(value: unknown, onlyText: boolean): string | undefined {
  if (typeof value === 'string') return value;
  if (onlyText) return undefined;
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  return undefined;
}
