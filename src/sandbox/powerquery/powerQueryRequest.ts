import type { SQLInputValue } from 'node:sqlite';
import { type Dictionary, findColumn, type ColumnDefinition } from '../district/dictionary.ts';
import { parseFiql } from '../query/fiql.ts';
import { Refusal } from '../server/refusal.ts';
import type { NamedQuery, OutputColumn, QueryArgument } from './namedQuery.ts';
import type { FilterTerm } from './queryFilter.ts';

/** What a caller may ask of a PowerQuery, from the body and the query string. */
export interface PowerQueryRequest {
  /** Arguments by name, as JSON has them. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly q?: string | undefined;
  /** `table.column;table.column`, with semicolons. */
  readonly projection?: string | undefined;
  readonly dataVersion?: string | undefined;
  readonly page: number;
  /** 0 for all rows; `page` does not count then. */
  readonly pageSize: number;
  readonly count: boolean;
  /** `table.column;desc,table.column` */
  readonly order?: string | undefined;
  readonly extensions: readonly string[];
}

const DEFAULT_PAGE_SIZE = 100;

/** Reads a call. Throws `Refusal` for what is malformed. */
export function readPowerQueryRequest(body: unknown, query: URLSearchParams): PowerQueryRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal(400, 'The request body must be a JSON object');
  }
  const { $q, projection, $dataversion, $dataversion_applicationname, ...args } = body as Record<string, unknown>;
  if (($dataversion === undefined) !== ($dataversion_applicationname === undefined)) {
    throw new Refusal(400, '$dataversion and $dataversion_applicationname must be given together');
  }
  return {
    args,
    q: textOf('$q', $q),
    projection: textOf('projection', projection) ?? query.get('projection') ?? undefined,
    dataVersion: $dataversion === undefined ? undefined : dataVersion($dataversion),
    page: Math.max(1, numberOf(query, 'page') ?? 1),
    pageSize: numberOf(query, 'pagesize') ?? DEFAULT_PAGE_SIZE,
    count: query.get('count')?.toLowerCase() === 'true',
    order: query.get('order') ?? undefined,
    extensions: (query.get('extensions') ?? '').split(',').map((name) => name.trim().toLowerCase()),
  };
}

function textOf(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new Refusal(400, `Invalid value for ${name}`);
  return value;
}

function dataVersion(value: unknown): string {
  const text = String(value);
  if (!/^\d{1,18}$/.test(text)) throw new Refusal(400, `Invalid value '${text}' for $dataversion`);
  return text;
}

function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Refusal(400, `Invalid value '${text}' for parameter ${name}`);
  return Number(text);
}

/** The values to bind, by `:name` and, as a JSON list, by `@name`. Throws `Refusal` (400) for a bad argument. */
export function bindArguments(
  query: NamedQuery,
  given: Readonly<Record<string, unknown>>,
  names: { readonly bindNames: readonly string[]; readonly listNames: readonly string[] },
  dictionary: Dictionary,
): Record<string, SQLInputValue> {
  const declared = new Map(query.args.map((argument) => [argument.name, argument]));
  for (const name of Object.keys(given)) {
    if (!declared.has(name)) throw new Refusal(400, `Invalid argument: ${name}`);
  }
  const binds: Record<string, SQLInputValue> = {};
  for (const argument of query.args) {
    const values = argumentValues(argument, given[argument.name], dictionary);
    const { name } = argument;
    // Lists are texts: they compare like numbers beside a column of numbers, and JSON would round long ones.
    const list = JSON.stringify(values.map(String));
    if (names.bindNames.includes(name)) binds[`:${name}`] = values.length > 1 ? list : (values[0] ?? null);
    if (names.listNames.includes(name)) binds[`@${name}`] = list;
  }
  return binds;
}

function argumentValues(argument: QueryArgument, given: unknown, dictionary: Dictionary): SQLInputValue[] {
  const { name } = argument;
  const empty = given === undefined || given === null;
  // A PowerSchool HTML tag as a default needs a session, which a plugin's call has not.
  const otherwise = argument.default?.includes('~(') === true ? undefined : argument.default;
  const value = empty ? otherwise : given;
  if (value === undefined || value === '') {
    if (argument.required) throw new Refusal(400, `Missing required argument: ${name}`);
    return [];
  }
  if (!empty && Array.isArray(value) !== (argument.type === 'array')) {
    throw new Refusal(
      400,
      `Invalid value for argument ${name}: ${argument.type === 'array' ? 'a list' : 'a single value'} is expected`,
    );
  }
  const column = columnOf(argument.column, dictionary);
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.map((item) => argumentValue(argument, item, column));
}

function columnOf(name: string | undefined, dictionary: Dictionary): ColumnDefinition | undefined {
  const [table = '', field = ''] = name?.split('.') ?? [];
  const definition = dictionary.table(table.trim());
  return definition === undefined ? undefined : findColumn(definition, field.trim());
}

function argumentValue(argument: QueryArgument, value: unknown, column: ColumnDefinition | undefined): SQLInputValue {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new Refusal(400, `Invalid value for argument ${argument.name}`);
  }
  const text = String(value).trim();
  if ((column?.type === 'integer' || column?.type === 'number') && !/^[+-]?\d+(\.\d+)?$/.test(text)) {
    throw new Refusal(400, `Invalid number '${text}' for argument ${argument.name}`);
  }
  if (column?.type === 'date' && !/^\d{4}-\d\d-\d\d$/.test(text)) {
    throw new Refusal(400, `Invalid date '${text}' for argument ${argument.name}`);
  }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (argument.casing === 'upper') return String(value).toUpperCase();
  return argument.casing === 'lower' ? String(value).toLowerCase() : String(value);
}

/** The position of `table.column`, as the answer names it. Throws `Refusal` (400) for an unknown one. */
function position(columns: readonly OutputColumn[], name: string, core: string): number {
  const wanted = name.trim().toLowerCase();
  const full = wanted.includes('.') ? wanted : `${core}.${wanted}`;
  const index = columns.findIndex((column) => `${column.table}.${column.name}` === full);
  if (index < 0) throw new Refusal(400, `Invalid field ${name.trim()}`);
  return index;
}

/** Reads `order`. */
export function readOrder(
  text: string | undefined,
  columns: readonly OutputColumn[],
  core: string,
): { index: number; descending: boolean }[] {
  if (text === undefined || text.trim() === '') return [];
  return text.split(',').map((part) => {
    const [name = '', direction = 'asc'] = part.split(';').map((piece) => piece.trim().toLowerCase());
    if (direction !== 'asc' && direction !== 'desc') throw new Refusal(400, `Invalid order '${part.trim()}'`);
    return { index: position(columns, name, core), descending: direction === 'desc' };
  });
}

/** Which columns a `projection` leaves, by position. */
export function readProjection(
  text: string | undefined,
  columns: readonly OutputColumn[],
  core: string,
): ReadonlySet<number> {
  const chosen = new Set<number>();
  for (const name of (text ?? '*').split(';').map((part) => part.trim().toLowerCase())) {
    if (name === '') continue;
    const table = name === '*' ? '*' : /^(\w+)\.\*$/.exec(name)?.[1];
    if (table === undefined) chosen.add(projected(columns, name, core));
    for (const [index, column] of columns.entries()) if (table === '*' || column.table === table) chosen.add(index);
  }
  return chosen;
}

function projected(columns: readonly OutputColumn[], name: string, core: string): number {
  try {
    return position(columns, name, core);
  } catch {
    const table = name.includes('.') ? name.slice(0, name.indexOf('.')) : core;
    throw new Refusal(400, `Invalid field specified: ${name} is not valid column for table: ${table}`);
  }
}

/**
 * Reads `$q`. Names are those of the answer, or `table.extension.column`. Only the values may be percent-encoded;
 * lists in parentheses are not allowed. Throws `Refusal` (400).
 */
export function readFilter(
  text: string | undefined,
  columns: readonly OutputColumn[],
  core: string,
  dictionary: Dictionary,
): FilterTerm[] {
  const parsed = parseFiql(text ?? '');
  if ('error' in parsed) throw new Refusal(400, parsed.error);
  return parsed.terms.map(({ name, operator, values, list }) => {
    if (list || /,/.test(values[0] ?? '')) throw new Refusal(400, `Invalid expression for ${name}`);
    const value = decoded(values[0] ?? '');
    const parts = name.toLowerCase().split('.');
    if (parts.length === 3) return Object.assign(extensionTerm(parts, columns, name, dictionary), { operator, value });
    const index = position(columns, name, core);
    const source = columns[index]?.source;
    checkOperand(columnOf(`${source?.table ?? ''}.${source?.field ?? ''}`, dictionary), name, value);
    return { index, operator, value };
  });
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function checkOperand(column: ColumnDefinition | undefined, name: string, value: string): void {
  if (column?.type === 'clob' || column?.type === 'binary') {
    throw new Refusal(400, 'Querying not supported against clob or blob field types');
  }
  const numeric = column?.type === 'integer' || column?.type === 'number';
  if (numeric && !/^([+-]?\d+(\.\d+)?|\\u0000|\0)$/.test(value)) {
    throw new Refusal(400, `Invalid number '${value}' passed for comparison to number field ${name}`);
  }
}

function extensionTerm(
  [table = '', extension = '', column = '']: readonly string[],
  columns: readonly OutputColumn[],
  name: string,
  dictionary: Dictionary,
): Pick<FilterTerm, 'index' | 'extension'> {
  const found = dictionary.extensionsOf(table).find((candidate) => candidate.name === extension);
  const definition = found === undefined ? undefined : findColumn(found, column);
  const index = keyPosition(columns, table, dictionary);
  if (found === undefined || definition === undefined || index === undefined)
    throw new Refusal(400, `Invalid field ${name}`);
  return { index, extension: { table: found.name, key: found.primaryKey, column: definition.name } };
}

/** The position of a table's key among the columns, if the query returns it. */
export function keyPosition(
  columns: readonly OutputColumn[],
  table: string,
  dictionary: Dictionary,
): number | undefined {
  const key = dictionary.table(table)?.primaryKey;
  const index = columns.findIndex(({ source }) => source.table === table && source.field === key);
  return index < 0 ? undefined : index;
}
