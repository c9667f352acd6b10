import type { Catalog } from './catalog.ts';
import type { Operation } from './operation.ts';
import {
  boundColumns,
  columnLine,
  FACT_LIMITS,
  isUsableName,
  type ReportedColumn,
  type ReportedTable,
  type ServerFacts,
} from './serverFacts.ts';
import { readSwaggerQueries } from './swaggerQueries.ts';
import { isJsonObject } from '../powerschool/jsonValue.ts';

/** A request that was answered. */
export interface Exchange {
  readonly method: string;
  /** Path or URL. */
  readonly target: string;
  readonly status: number;
  /** The parsed JSON body; undefined when there was none or it was no JSON. */
  readonly body: unknown;
}

/**
 * Takes from one answer whatever it tells about the server itself: expansions, extensions, page limits, tables,
 * columns, PowerQueries, or that something was refused. The same value comes back when there was nothing to learn.
 */
export function learnFrom(facts: ServerFacts, catalog: Catalog, exchange: Exchange): ServerFacts {
  const match = catalog.match(exchange.method, exchange.target);
  if (match === undefined) return facts;
  const { operation, pathParams } = match;
  const subject = subjectOf(operation, pathParams);
  if (exchange.status >= 400) return learnRefusal(facts, operation, subject, exchange);
  const welcome = withoutRefusal(facts, [`operation:${operation.id}`, subject, `access:${operation.access}`]);
  const { body } = exchange;
  if (exchange.status >= 300 || body === undefined || operation.writes) return welcome;
  switch (operation.id) {
    case 'getServerMetadata':
      return learnMetadata(welcome, body);
    case 'listTables':
      return { ...welcome, tables: mergeReported(welcome.tables ?? [], readTables(body), true) };
    case 'listAreaTables':
      return { ...welcome, tables: mergeReported(welcome.tables ?? [], readTables(body, pathParams['area']), false) };
    case 'getTableMetadata':
      return learnColumns(welcome, pathParams['tablename'] ?? '', body);
    case 'describePowerQueries': {
      const powerQueries = readSwaggerQueries(body);
      return powerQueries === undefined ? welcome : { ...welcome, powerQueries };
    }
    default:
      return learnNames(welcome, operation, body);
  }
}

/** Names in `@expansions` or `@extensions`: joined by comma, with or without a space. */
export function splitReportedNames(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(isUsableName);
  return [...new Set(names)].slice(0, FACT_LIMITS.names);
}

/** Refusals of one table or PowerQuery say nothing about the next one. */
function subjectOf(operation: Operation, pathParams: Readonly<Record<string, string>>): string {
  const table = pathParams['tablename'];
  if (table !== undefined) return `table:${table.toLowerCase()}`;
  const query = pathParams['queryname'];
  return query === undefined ? `operation:${operation.id}` : `query:${query}`;
}

function learnRefusal(facts: ServerFacts, operation: Operation, subject: string, exchange: Exchange): ServerFacts {
  const message = messageOf(exchange.body);
  const level = /accessLevelV1Api\s+(READ|FULL)/i.exec(message)?.[1]?.toUpperCase();
  const key = level === undefined ? subject : `access:${level === 'FULL' ? 'v1Full' : 'v1Read'}`;
  if (level === undefined && (!isLasting(operation, subject, exchange.status) || namesColumns(exchange.body)))
    return facts;
  const refusals = { ...facts.refusals };
  delete refusals[key];
  refusals[key] = { status: exchange.status, message };
  const names = Object.keys(refusals);
  if (names.length > FACT_LIMITS.refusals) delete refusals[names[0] ?? ''];
  return { ...facts, refusals };
}

/** A bad filter (400), an old token (401), a missing row (404) or a server in trouble (500) says nothing of the address. */
function isLasting(operation: Operation, subject: string, status: number): boolean {
  if (status === 404) return subject.startsWith('query:') || operation.id === 'getTableMetadata';
  return status === 403 || status === 405;
}

/** A refusal that names columns says nothing of the others, nor of the table. */
function namesColumns(body: unknown): boolean {
  const errors = isJsonObject(body) ? body['errors'] : undefined;
  return Array.isArray(errors) && errors.some((error) => isJsonObject(error) && (textOf(error['field']) ?? '') !== '');
}

function withoutRefusal(facts: ServerFacts, subjects: readonly string[]): ServerFacts {
  if (!subjects.some((subject) => Object.hasOwn(facts.refusals, subject))) return facts;
  const refusals = Object.entries(facts.refusals).filter(([subject]) => !subjects.includes(subject));
  return { ...facts, refusals: Object.fromEntries(refusals) };
}

/** The sentence in an error body of any family (v1, schema). */
function messageOf(body: unknown): string {
  if (!isJsonObject(body)) return '';
  const wrapper = isJsonObject(body['errorMessage']) ? body['errorMessage'] : body;
  return clip(textOf(wrapper['message']) ?? '');
}

function learnMetadata(facts: ServerFacts, body: unknown): ServerFacts {
  const metadata = isJsonObject(body) && isJsonObject(body['metadata']) ? body['metadata'] : {};
  const limits: Record<string, number> = {};
  for (const [key, value] of Object.entries(metadata)) {
    const size = Number(value);
    if (/^\w{1,80}_max_page_size$/.test(key) && Number.isInteger(size) && size > 0) limits[key] = size;
  }
  const version = textOf(metadata['powerschool_version']);
  return {
    ...facts,
    limits: Object.keys(limits).length > 0 ? limits : facts.limits,
    ...(version === undefined ? {} : { version: clip(version) }),
  };
}

/** Clients find the list under `tables`, the documented model has `record`; one entry may come as an object. */
function readTables(body: unknown, area?: string): ReportedTable[] {
  const list = isJsonObject(body) ? (body['tables'] ?? body['record']) : body;
  const entries = Array.isArray(list) ? list : [list];
  return entries.slice(0, FACT_LIMITS.tables).flatMap((entry): ReportedTable[] => {
    const name = isJsonObject(entry) ? textOf(entry['name']) : undefined;
    if (name === undefined || !isUsableName(name) || !isJsonObject(entry)) return [];
    const display = textOf(entry['display']);
    const key = textOf(entry['primaryKey']);
    return [
      {
        name,
        ...(display === undefined || display === name ? {} : { display: clip(display) }),
        ...(key === undefined ? {} : { key: clip(key) }),
        ...(area === undefined ? {} : { area: clip(area) }),
      },
    ];
  });
}

function mergeReported(
  before: readonly ReportedTable[],
  now: readonly ReportedTable[],
  complete: boolean,
): ReportedTable[] {
  const known = new Map(before.map((table) => [table.name.toLowerCase(), table]));
  const merged = new Map(complete ? [] : known);
  for (const table of now) merged.set(table.name.toLowerCase(), { ...known.get(table.name.toLowerCase()), ...table });
  return [...merged.values()].slice(0, FACT_LIMITS.tables);
}

function learnColumns(facts: ServerFacts, table: string, body: unknown): ServerFacts {
  if (!isUsableName(table) || !isJsonObject(body) || body['columns'] === undefined) return facts;
  const entries = Array.isArray(body['columns']) ? body['columns'] : [body['columns']];
  const lines = entries.flatMap((entry): string[] => {
    const name = isJsonObject(entry) ? textOf(entry['name']) : undefined;
    if (name === undefined || !isUsableName(name) || !isJsonObject(entry)) return [];
    const column: ReportedColumn = { name, access: clipped(entry['access']), type: clipped(entry['type']) };
    return [columnLine(column)];
  });
  const { [table.toLowerCase()]: _, ...others } = facts.columns;
  const reported = textOf(body['name']) ?? table;
  const key = textOf(body['primaryKey']);
  const coreTable = textOf(body['coreTable']);
  const described: ReportedTable = {
    name: reported.toLowerCase() === table.toLowerCase() ? reported : table,
    ...(key === undefined ? {} : { key: clip(key) }),
    ...(coreTable === undefined || coreTable === '' ? {} : { coreTable: clip(coreTable) }),
  };
  return {
    ...facts,
    columns: boundColumns({ ...others, [table.toLowerCase()]: lines.join('\n') }),
    ...(facts.tables === undefined ? {} : { tables: mergeReported(facts.tables, [described], false) }),
  };
}

/** `@expansions` and `@extensions` stand on the record, on the wrapper of a list, or on the first bare record. */
function learnNames(facts: ServerFacts, operation: Operation, body: unknown): ServerFacts {
  const root = Array.isArray(body) ? (body[0] as unknown) : body;
  if (!isJsonObject(root)) return facts;
  const inner = Object.values(root);
  const wrapper = '@expansions' in root || '@extensions' in root || inner.length !== 1 ? root : inner[0];
  if (!isJsonObject(wrapper)) return facts;
  const expansions = textOf(wrapper['@expansions']);
  const extensions = textOf(wrapper['@extensions']);
  // Rows of different tables and PowerQueries have different extensions: nothing to say about the resource.
  if (operation.resource === 'tableRows' || operation.resource === 'powerQueries') return facts;
  if (expansions === undefined && extensions === undefined) return facts;
  return {
    ...facts,
    expansions:
      expansions === undefined
        ? facts.expansions
        : { ...facts.expansions, [operation.resource]: splitReportedNames(expansions) },
    extensions:
      extensions === undefined
        ? facts.extensions
        : { ...facts.extensions, [operation.resource]: splitReportedNames(extensions) },
  };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

function clip(text: string): string {
  return text.length > FACT_LIMITS.text ? text.slice(0, FACT_LIMITS.text) : text;
}

function clipped(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : clip(text);
}
