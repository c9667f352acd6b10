import type { District, Row, SqlValue } from '../district/district.ts';
import { quote } from '../district/tableBuilder.ts';
import type { Condition } from './condition.ts';
import type { PageAnchors } from './pageAnchors.ts';
import type { Page } from './paging.ts';

export interface PageRequest {
  readonly table: string;
  /** Unique integer column by which pages are cut when there is no other order. */
  readonly key: string;
  readonly where: Condition;
  /** SQL of another order; the key is added as the last criterion. */
  readonly order?: string | undefined;
  readonly descending?: boolean | undefined;
}

/** Rows of a page that are read at a time: a wide page is never held as a whole. */
const SLICE = 100;

/** The keys of one page. In key order the cost does not grow with the page number once the pages before were read. */
export function selectKeys(district: District, anchors: PageAnchors, request: PageRequest, page: Page): number[] {
  const { table, where } = request;
  const key = quote(request.key);
  const from = `SELECT ${key} FROM ${quote(table)} WHERE ${where.sql}`;
  if (request.order !== undefined || request.descending === true) {
    const direction = request.descending === true ? 'DESC' : 'ASC';
    const order = request.order === undefined ? `${key} ${direction}` : `${request.order} ${direction}, ${key}`;
    const parameters = [...where.parameters, page.pageSize, (page.page - 1) * page.pageSize];
    return keysOf(district.lists(`${from} ORDER BY ${order} LIMIT ? OFFSET ?`, parameters));
  }
  const list = `${table}|${where.sql}|${JSON.stringify(where.parameters)}|${page.pageSize}`;
  const anchor = anchors.before(list, page.page, district.changes);
  const after = anchor.key === undefined ? '' : ` AND ${key} > ?`;
  const start = anchor.key === undefined ? [] : [anchor.key];
  const skip = (page.page - 1 - anchor.page) * page.pageSize;
  const parameters = [...where.parameters, ...start, page.pageSize, skip];
  const keys = keysOf(district.lists(`${from}${after} ORDER BY ${key} LIMIT ? OFFSET ?`, parameters));
  const last = keys.at(-1);
  if (last !== undefined && keys.length === page.pageSize) {
    anchors.remember(list, page.page, last, district.changes);
  }
  return keys;
}

function keysOf(rows: readonly (readonly SqlValue[])[]): number[] {
  return rows.map(([key]) => Number(key));
}

/** Like `rowsByKey`, each row as a list: the key, then the columns. */
export function* listsByKey(
  district: District,
  table: string,
  key: string,
  columns: readonly string[],
  keys: readonly number[],
): Generator<readonly SqlValue[]> {
  const sql = `SELECT ${[key, ...columns].map(quote).join(', ')} FROM ${quote(table)} WHERE ${quote(key)} IN (SELECT value FROM json_each(?))`;
  for (let start = 0; start < keys.length; start += SLICE) {
    const slice = keys.slice(start, start + SLICE);
    const rows = new Map(district.lists(sql, [JSON.stringify(slice)]).map((row) => [Number(row[0]), row]));
    for (const wanted of slice) {
      const row = rows.get(wanted);
      if (row !== undefined) yield row;
    }
  }
}

/** The rows with these keys, in their order, some at a time. `columns` is the SQL of the columns, the key among them. */
export function* rowsByKey(
  district: District,
  table: string,
  key: string,
  columns: string,
  keys: readonly number[],
): Generator<readonly Row[]> {
  const sql = `SELECT ${columns} FROM ${quote(table)} WHERE ${quote(key)} IN (SELECT value FROM json_each(?))`;
  for (let start = 0; start < keys.length; start += SLICE) {
    const slice = keys.slice(start, start + SLICE);
    const rows = new Map(district.all(sql, [JSON.stringify(slice)]).map((row) => [Number(row[key]), row]));
    yield slice.map((wanted) => rows.get(wanted)).filter((row) => row !== undefined);
  }
}
