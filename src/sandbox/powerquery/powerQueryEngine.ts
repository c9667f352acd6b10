import type { FieldGrants } from '../auth/installedPlugin.ts';
import type { Dictionary } from '../district/dictionary.ts';
import { Refusal } from '../server/refusal.ts';
import { type NamedQuery, type OutputColumn, outputColumns, recordName } from './namedQuery.ts';
import { translateOracle, type TranslatedQuery } from './oracleTranslation.ts';
import { type AnswerFrame, powerQueryBody, powerQueryRecord, type RecordShape } from './powerQueryAnswer.ts';
import { accessList, describeQueries } from './powerQueryDescription.ts';
import {
  bindArguments,
  keyPosition,
  type PowerQueryRequest,
  readFilter,
  readOrder,
  readProjection,
} from './powerQueryRequest.ts';
import type { QueryPart, QueryTask } from './queryExecution.ts';
import { QueryProcesses, QueryTimeout } from './queryProcess.ts';

export interface PowerQueryEngineOptions {
  /** The district's database. It is read over connections of its own, so it should be in WAL mode. */
  readonly databasePath: string;
  /** The queries of the enabled packages; asked for with every call. */
  readonly queries: () => readonly NamedQuery[];
  readonly dictionary: Dictionary;
  /** SYSDATE; the system's time when left out. */
  readonly now?: (() => Date) | undefined;
  /** The district's current data version, when a call asks for it. */
  readonly dataVersion?: (() => string) | undefined;
  /** Keys of the rows written after a data version, by table in lower case. Without it such a call gets every row. */
  readonly changedSince?: ((version: number) => ReadonlyMap<string, ReadonlySet<number>>) | undefined;
  /** Milliseconds that a query may take for the first rows, and then for each 500. 10 s when left out. */
  readonly timeLimit?: number | undefined;
}

/** An answer with status 200. */
export type PowerQueryAnswer =
  | {
      readonly kind: 'page';
      readonly body: Readonly<Record<string, unknown>>;
      /** Tables and columns that the district lacks and that were taken as empty. */
      readonly assumed: readonly string[];
    }
  /** `pagesize=0`: pieces of the JSON text. A query that fails on the way ends it with an error. */
  | { readonly kind: 'stream'; readonly pieces: AsyncIterable<string> };

/** Runs the PowerQueries of installed packages on the district. */
export interface PowerQueryEngine {
  /**
   * Throws `Refusal` with the documented answers: 404 for an unknown query, 400 for a bad argument or what the sandbox
   * cannot run, 403 with a list for columns that are not granted.
   */
  run(name: string, request: PowerQueryRequest, grants: FieldGrants): Promise<PowerQueryAnswer>;
  /** Rows without paging. */
  count(name: string, request: PowerQueryRequest, grants: FieldGrants): Promise<number>;
  /** The Swagger document of every query. */
  describe(): Record<string, unknown>;
  /** The access requests that a query needs. */
  accessList(name: string): Record<string, unknown>;
  /** Ends the processes; resolves when they have let go of the database. */
  close(): Promise<void>;
}

export function createPowerQueryEngine(options: PowerQueryEngineOptions): PowerQueryEngine {
  const processes = new QueryProcesses({ timeLimit: options.timeLimit ?? 10_000, most: 4 });
  const find = (name: string): NamedQuery => {
    const query = options.queries().find((candidate) => candidate.name === name);
    if (query === undefined) throw new Refusal(404, `Query ${name} not found`);
    return query;
  };
  return {
    run: async (name, request, grants) => runQuery(options, processes, find(name), request, grants),
    count: async (name, request, grants) => {
      const { task } = prepare(options, find(name), { ...request, page: 1, count: true }, grants);
      let count = 0;
      for await (const part of parts(processes, { ...task, take: 0, order: [], extensions: [] }, name)) {
        if (part.kind === 'end') count = part.count ?? 0;
      }
      return count;
    },
    describe: () => describeQueries(options.queries(), options.dictionary),
    accessList: (name) => accessList(find(name)),
    close: () => processes.close(),
  };
}

/** What a call comes down to: the task of the process, and the shape of its records. */
interface PreparedQuery {
  readonly task: QueryTask;
  readonly shape: RecordShape;
}

function prepare(
  options: PowerQueryEngineOptions,
  query: NamedQuery,
  request: PowerQueryRequest,
  grants: FieldGrants,
): PreparedQuery {
  const { dictionary } = options;
  const translation = translated(query);
  const columns = outputColumns(query);
  const binds = bindArguments(query, request.args, translation, dictionary);
  requireGrants(query, columns, grants);
  const name = recordName(query);
  const core = name.toLowerCase();
  const key = keyPosition(columns, core, dictionary);
  const asked =
    key === undefined ? [] : dictionary.extensionsOf(core).filter((table) => request.extensions.includes(table.name));
  const task: QueryTask = {
    databasePath: options.databasePath,
    sql: translation.sql,
    tables: translation.tables,
    columns: translation.columns,
    binds,
    now: localTime(options.now?.() ?? new Date()),
    width: columns.length,
    filter: readFilter(request.q, columns, core, dictionary),
    changed: changedKeys(options, request, columns),
    order: readOrder(request.order, columns, core),
    extensions: asked.map((table) => ({ table: table.name, key: table.primaryKey, index: key ?? 0 })),
    skip: request.pageSize === 0 ? 0 : (request.page - 1) * request.pageSize,
    take: request.pageSize === 0 ? undefined : request.pageSize,
    count: request.count,
  };
  const shape: RecordShape = {
    name,
    flattened: query.flattened ?? false,
    columns,
    chosen: readProjection(request.projection, columns, core),
    key,
    extensions: asked.map((table) => ({
      name: table.name,
      readable: (field) => grants.access(table.name, field) !== undefined,
    })),
  };
  return { task, shape };
}

/** A row is new when one of the tables whose key it has was written; a query that returns no key tells nothing. */
function changedKeys(
  options: PowerQueryEngineOptions,
  request: PowerQueryRequest,
  columns: readonly OutputColumn[],
): QueryTask['changed'] {
  const { changedSince, dictionary } = options;
  if (request.dataVersion === undefined || changedSince === undefined) return undefined;
  const changed = changedSince(Number(request.dataVersion));
  const tables = [...new Set(columns.map(({ source }) => source.table))];
  const keys = tables.flatMap((table) => {
    const index = keyPosition(columns, table, dictionary);
    return index === undefined ? [] : [{ index, keys: changed.get(table) ?? new Set<number>() }];
  });
  return keys.length === 0 ? undefined : keys;
}

/** Oracle's dates have no zone: the time on the wall. */
function localTime(now: Date): number {
  return now.getTime() - now.getTimezoneOffset() * 60_000;
}

function translated(query: NamedQuery): TranslatedQuery {
  const translation = translateOracle(query.sql);
  if (!translation.ok) throw notRunnable(query.name, translation.construct);
  const declared = new Set(query.args.map((argument) => argument.name));
  // Such a query installs, and every call of it answers 404.
  if (translation.bindNames.some((name) => !declared.has(name)))
    throw new Refusal(404, `Query ${query.name} not found`);
  return translation;
}

function notRunnable(name: string, construct: string): Refusal {
  return new Refusal(400, `The sandbox cannot run the PowerQuery ${name}: ${construct}`);
}

/** The check uses the real column that is given for each column of the answer. */
function requireGrants(query: NamedQuery, columns: readonly OutputColumn[], grants: FieldGrants): void {
  const fields = columns.filter(({ source }) => grants.access(source.table, source.field) === undefined);
  const names = new Set(fields.map(({ source }) => `${source.table}.${source.field}`));
  if (names.size === 0) return;
  const errors = [...names].map((field) => ({ resource: query.name, field, code: 'No access to the field' }));
  throw new Refusal(403, 'Validation Failed', { errors });
}

async function* parts(
  processes: QueryProcesses,
  task: QueryTask,
  name: string,
): AsyncGenerator<Exclude<QueryPart, { kind: 'failed' }>> {
  try {
    for await (const part of processes.run(task)) {
      if (part.kind === 'failed') throw notRunnable(name, part.reason);
      yield part;
    }
  } catch (error) {
    throw error instanceof QueryTimeout ? new Refusal(500, error.message) : error;
  }
}

async function runQuery(
  options: PowerQueryEngineOptions,
  processes: QueryProcesses,
  query: NamedQuery,
  request: PowerQueryRequest,
  grants: FieldGrants,
): Promise<PowerQueryAnswer> {
  const { task, shape } = prepare(options, query, request, grants);
  const frame: AnswerFrame = {
    name: shape.name,
    version: request.dataVersion === undefined ? undefined : (options.dataVersion?.() ?? '1'),
    extensions: options.dictionary
      .extensionsOf(shape.name.toLowerCase())
      .map((table) => table.name)
      .join(','),
  };
  const source = parts(processes, task, query.name);
  if (task.take === undefined) {
    const pieces = streamedText(source, shape, frame);
    // Read ahead: until the first rows are there it may still become an error.
    const first = await pieces.next();
    return { kind: 'stream', pieces: withFirst(first, pieces) };
  }
  const record: unknown[] = [];
  for await (const part of source) {
    if (part.kind === 'rows') for (const row of part.rows) record.push(powerQueryRecord(shape, row));
    else
      return {
        kind: 'page',
        body: powerQueryBody(frame, { record, any: record.length > 0 }, part.count),
        assumed: part.assumed,
      };
  }
  throw new Error(`The PowerQuery ${query.name} came to no end`);
}

async function* streamedText(
  source: AsyncIterable<Exclude<QueryPart, { kind: 'failed' }>>,
  shape: RecordShape,
  frame: AnswerFrame,
): AsyncGenerator<string> {
  let begun = false;
  for await (const part of source) {
    if (part.kind === 'rows') {
      const rows = part.rows.map((row) => JSON.stringify(powerQueryRecord(shape, row))).join(',');
      yield begun ? `,${rows}` : `{"record":[${rows}`;
      begun = true;
    } else {
      const rest = JSON.stringify(powerQueryBody(frame, { any: begun }, part.count));
      yield begun ? `],${rest.slice(1)}` : rest;
    }
  }
}

async function* withFirst(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    if (first.done !== true) yield first.value;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
