import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { ORACLE_FUNCTIONS, textOf } from './oracleFunctions.ts';
import type { ColumnUse } from './oracleTranslation.ts';
import { type FilterTerm, satisfies } from './queryFilter.ts';
import { addStandIns } from './standIns.ts';

/** A translated query with everything that its process needs. Plain data. */
export interface QueryTask {
  readonly databasePath: string;
  readonly sql: string;
  readonly tables: readonly string[];
  readonly columns: readonly ColumnUse[];
  /** By `:name` and `@name`. */
  readonly binds: Readonly<Record<string, SQLInputValue>>;
  /** SYSDATE, in milliseconds read as if UTC. */
  readonly now: number;
  /** How many columns the query declares. */
  readonly width: number;
  readonly filter: readonly FilterTerm[];
  /** Positions of keys, and which of them count as changed; one is enough. */
  readonly changed: readonly { readonly index: number; readonly keys: ReadonlySet<number> }[] | undefined;
  readonly order: readonly { readonly index: number; readonly descending: boolean }[];
  /** One-to-one extensions to read for each row, and the position of their key. */
  readonly extensions: readonly { readonly table: string; readonly key: string; readonly index: number }[];
  readonly skip: number;
  /** Undefined for all rows. */
  readonly take: number | undefined;
  readonly count: boolean;
}

/** A row of the answer: its texts, and those of the extensions asked for. */
export interface ResultRow {
  readonly values: readonly (string | null)[];
  readonly extensions: readonly Readonly<Record<string, string>>[];
}

export type QueryPart =
  | { readonly kind: 'rows'; readonly rows: readonly ResultRow[] }
  /** The last part. `count` is the number of rows without paging, when asked for. */
  | { readonly kind: 'end'; readonly count: number | undefined; readonly assumed: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: string };

const CHUNK = 500;

/** Runs a query on a connection of its own that cannot write. Parts come as they are asked for. */
export function* executeQuery(task: QueryTask): Generator<QueryPart> {
  const database = new DatabaseSync(task.databasePath, { readOnly: true, timeout: 5000 });
  try {
    database.exec('PRAGMA case_sensitive_like = ON; PRAGMA temp_store = MEMORY');
    registerOracleFunctions(database, task.now);
    yield* parts(database, task);
  } catch (error) {
    yield { kind: 'failed', reason: reasonOf(error) };
  } finally {
    database.close();
  }
}

function* parts(database: DatabaseSync, task: QueryTask): Generator<QueryPart> {
  const found = addStandIns(database, task.tables, task.columns);
  if ('slip' in found) {
    yield { kind: 'failed', reason: found.slip };
    return;
  }
  const statement = prepare(database, task.sql);
  const width = statement.columns().length;
  if (width !== task.width) {
    yield { kind: 'failed', reason: `${width} columns in its SQL where it declares ${task.width}` };
    return;
  }
  const rows = task.order.length === 0 ? statement : prepare(database, orderedSql(task));
  rows.setReturnArrays(true);
  const accepts = rowFilter(database, task);
  const read = rowReader(database, task);
  let seen = 0;
  let chunk: ResultRow[] = [];
  const last = task.take === undefined ? Infinity : task.skip + task.take;
  // With setReturnArrays a row is an array, which the declarations do not know.
  for (const row of rows.iterate(task.binds) as Iterable<unknown> as Iterable<SQLOutputValue[]>) {
    if (!accepts(row)) continue;
    seen += 1;
    if (seen <= task.skip) continue;
    if (seen > last && !task.count) break;
    if (seen > last) continue;
    chunk.push(read(row));
    if (chunk.length < CHUNK) continue;
    yield { kind: 'rows', rows: chunk };
    chunk = [];
  }
  if (chunk.length > 0) yield { kind: 'rows', rows: chunk };
  yield { kind: 'end', count: task.count ? seen : undefined, assumed: found.assumed };
}

function prepare(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql);
  statement.setAllowBareNamedParameters(false);
  // An argument that is only a list has no `:name` in the SQL.
  statement.setAllowUnknownNamedParameters(true);
  return statement;
}

/** The query in another order: its own ORDER BY no longer counts. */
function orderedSql({ sql, width, order }: QueryTask): string {
  const names = Array.from({ length: width }, (_, index) => `"c${index}"`).join(', ');
  const terms = order.map(({ index, descending }) => `"c${index}"${descending ? ' DESC NULLS FIRST' : ' NULLS LAST'}`);
  return `WITH "powerquery" (${names}) AS (${sql}) SELECT * FROM "powerquery" ORDER BY ${terms.join(', ')}`;
}

function rowFilter(database: DatabaseSync, task: QueryTask): (row: readonly SQLOutputValue[]) => boolean {
  const terms = task.filter.map((term) => {
    const { extension } = term;
    if (extension === undefined) return { term, value: (row: readonly SQLOutputValue[]) => row[term.index] };
    const { table, key, column } = extension;
    const statement = database.prepare(`SELECT "${column}" AS value FROM "${table}" WHERE "${key}" = ?`);
    return { term, value: (row: readonly SQLOutputValue[]) => statement.get(row[term.index] ?? null)?.['value'] };
  });
  return (row) =>
    terms.every(({ term, value }) => satisfies(value(row), term)) &&
    (task.changed?.some(({ index, keys }) => keys.has(Number(row[index]))) ?? true);
}

function rowReader(database: DatabaseSync, { extensions }: QueryTask): (row: readonly SQLOutputValue[]) => ResultRow {
  const readers = extensions.map(({ table, key, index }) => {
    const statement = database.prepare(`SELECT * FROM "${table}" WHERE "${key}" = ?`);
    return (row: readonly SQLOutputValue[]): Record<string, string> =>
      Object.fromEntries(
        Object.entries(statement.get(row[index] ?? null) ?? {}).flatMap(([name, value]) => {
          const text = outputText(value);
          return text === null ? [] : [[name, text]];
        }),
      );
  });
  return (row) => ({ values: row.map(outputText), extensions: readers.map((reader) => reader(row)) });
}

/** Every value of an answer is a text; numbers as they are written in JSON. */
function outputText(value: SQLOutputValue): string | null {
  return typeof value === 'number' ? String(value) : textOf(value);
}

/** Gives a connection the functions that a translated query calls. */
export function registerOracleFunctions(database: DatabaseSync, now: number): void {
  for (const [name, { body }] of ORACLE_FUNCTIONS) {
    // A whole number goes back as an integer: beside a text column SQLite would compare '7.0'.
    const call = (...args: SQLOutputValue[]): SQLInputValue => {
      const result = body(args, now);
      return typeof result === 'number' && Number.isSafeInteger(result) ? BigInt(result) : result;
    };
    database.function(`ora_${name.toLowerCase()}`, { varargs: true, deterministic: true }, call);
  }
  // SQLite carries the number of a list from row to row.
  const lists: { separator: string; readonly texts: string[] }[] = [];
  database.aggregate('ora_listagg', {
    start: () => lists.push({ separator: '', texts: [] }) - 1,
    varargs: true,
    deterministic: true,
    step: (list: number, value: SQLOutputValue, separator: SQLOutputValue, distinct: SQLOutputValue) => {
      const text = textOf(value);
      const state = lists[list];
      if (text === null || state === undefined || (distinct === 1 && state.texts.includes(text))) return list;
      state.separator = textOf(separator) ?? '';
      state.texts.push(text);
      return list;
    },
    result: (list) => {
      const state = lists[list];
      return state === undefined || state.texts.length === 0 ? null : state.texts.join(state.separator);
    },
  });
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const missing = /^no such (table|column|function): (\S+)/.exec(message);
  return missing === null ? message : `the ${missing[1] ?? ''} ${(missing[2] ?? '').replaceAll('"', '')}`;
}
