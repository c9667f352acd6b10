import type { PowerQueryArgument } from './catalogData.ts';
import { isJsonObject } from '../powerschool/jsonValue.ts';

/**
 * What one server told about itself, remembered so that the tree need not ask again. Plain JSON: names, limits
 * and rights, never a record. Each learning step (serverLearning.ts) returns a new value.
 */
export interface ServerFacts {
  readonly format: 1;
  /** Release of PowerSchool SIS, such as `25.9.0.0`. */
  readonly version?: string;
  /** Metadata key → largest page. */
  readonly limits: Readonly<Record<string, number>>;
  /** Id of a resource → names in `@expansions`. */
  readonly expansions: Readonly<Record<string, readonly string[]>>;
  /** Id of a resource → names in `@extensions`. */
  readonly extensions: Readonly<Record<string, readonly string[]>>;
  /** All tables, when the server listed them. */
  readonly tables?: readonly ReportedTable[];
  /** Table in lower case → its columns, see `columnLine`. A table learned later stands later. */
  readonly columns: Readonly<Record<string, string>>;
  readonly powerQueries?: readonly ReportedPowerQuery[];
  /**
   * What was refused → how: `operation:ID`, `table:NAME` (lower case), `query:NAME`, or `access:v1Read` and
   * `access:v1Full` for a missing accessLevelV1Api. Gone after the next success.
   */
  readonly refusals: Readonly<Record<string, Refusal>>;
}

export interface ReportedTable {
  readonly name: string;
  readonly display?: string;
  readonly key?: string;
  readonly area?: string;
  /** The core table of an extension. */
  readonly coreTable?: string;
}

export interface ReportedColumn {
  readonly name: string;
  /** As the server says it: `FullAccess`, `ViewOnly`, `NoAccess`, `BlackListNoAccess` … */
  readonly access: string | undefined;
  readonly type: string | undefined;
}

export interface ReportedPowerQuery {
  readonly name: string;
  readonly summary?: string;
  readonly arguments: readonly PowerQueryArgument[];
  /** Of the answer: `table.column`, or the bare name where the query is flattened. */
  readonly columns?: readonly string[];
}

export interface Refusal {
  readonly status: number;
  /** The server's own words. */
  readonly message: string;
}

export const NO_FACTS: ServerFacts = {
  format: 1,
  limits: {},
  expansions: {},
  extensions: {},
  columns: {},
  refusals: {},
};

/** Bounds on what is remembered, so that a strange server cannot fill the storage. */
export const FACT_LIMITS = {
  /** UTF-16 units of a name or a sentence. */
  text: 200,
  tables: 10_000,
  /** Units of all column lines together: about 250,000 columns. */
  columns: 6_000_000,
  powerQueries: 5_000,
  /** Units of all PowerQueries together. */
  powerQueryText: 2_000_000,
  arguments: 100,
  names: 500,
  refusals: 2_000,
} as const;

/**
 * Whether a name that a server reported may be shown and put into requests. Others are passed over: a name such as
 * `{{$processEnv X}}` would make a request send something else than what was picked.
 */
export function isUsableName(name: string): boolean {
  return name.length <= FACT_LIMITS.text && /^[\w.$#-]+$/.test(name);
}

/** One column in the remembered text: name, access and type, `-` where the server said nothing. */
export function columnLine(column: ReportedColumn): string {
  return [column.name, column.access, column.type].map((part) => part?.replace(/\s+/g, '_') || '-').join(' ');
}

export function readColumnLine(line: string): ReportedColumn {
  const [name = '', access, type] = line.split(' ');
  return { name, access: known(access), type: known(type) };
}

function known(part: string | undefined): string | undefined {
  return part === undefined || part === '-' ? undefined : part;
}

/** Columns that the server reported for a table (any case); undefined when it was not asked. */
export function reportedColumns(facts: ServerFacts, table: string): ReportedColumn[] | undefined {
  const name = table.toLowerCase();
  const text = Object.hasOwn(facts.columns, name) ? facts.columns[name] : undefined;
  return text === undefined
    ? undefined
    : text
        .split('\n')
        .filter((line) => line !== '')
        .map(readColumnLine);
}

/** Whether the plugin may read a column with this access; undefined when nothing is known. */
export function mayRead(access: string | undefined): boolean | undefined {
  return access === undefined ? undefined : !/no_?access|^none$/i.test(access);
}

/** Reads what was stored. Anything that does not fit (another format, damage) starts anew, part by part. */
export function readFacts(stored: unknown): ServerFacts {
  if (!isJsonObject(stored) || stored['format'] !== 1) return NO_FACTS;
  const { version, tables, powerQueries } = stored;
  return {
    format: 1,
    ...(typeof version === 'string' ? { version } : {}),
    limits: recordOf(stored['limits'], (value): value is number => typeof value === 'number'),
    expansions: recordOf(stored['expansions'], isNameList),
    extensions: recordOf(stored['extensions'], isNameList),
    ...(Array.isArray(tables) ? { tables: tables.filter(isNamed).slice(0, FACT_LIMITS.tables) } : {}),
    columns: boundColumns(recordOf(stored['columns'], (value): value is string => typeof value === 'string')),
    ...(Array.isArray(powerQueries)
      ? { powerQueries: powerQueries.filter(isReportedPowerQuery).slice(0, FACT_LIMITS.powerQueries) }
      : {}),
    refusals: recordOf(stored['refusals'], isRefusal),
  };
}

/** Drops the columns that were learned longest ago until the rest fits. */
export function boundColumns(columns: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  let size = 0;
  for (const text of Object.values(columns)) size += text.length;
  if (size <= FACT_LIMITS.columns) return columns;
  return Object.fromEntries(
    Object.entries(columns).filter(([, text]) => {
      const drop = size > FACT_LIMITS.columns;
      if (drop) size -= text.length;
      return !drop;
    }),
  );
}

function recordOf<Value>(value: unknown, fits: (entry: unknown) => entry is Value): Record<string, Value> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Value] => fits(entry[1])));
}

function isNameList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= FACT_LIMITS.names && value.every((name) => typeof name === 'string');
}

function isNamed(value: unknown): value is ReportedTable {
  return isJsonObject(value) && typeof value['name'] === 'string';
}

function isReportedPowerQuery(value: unknown): value is ReportedPowerQuery {
  return (
    isJsonObject(value) &&
    typeof value['name'] === 'string' &&
    Array.isArray(value['arguments']) &&
    value['arguments'].every(isNamed) &&
    (value['columns'] === undefined || isNameList(value['columns']))
  );
}

function isRefusal(value: unknown): value is Refusal {
  return isJsonObject(value) && typeof value['status'] === 'number' && typeof value['message'] === 'string';
}
