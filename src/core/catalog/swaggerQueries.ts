import type { PowerQueryArgument } from './catalogData.ts';
import { FACT_LIMITS, isUsableName, type ReportedPowerQuery } from './serverFacts.ts';
import { isJsonObject } from '../powerschool/jsonValue.ts';

const QUERY_PATH = /^(?:\/ws\/schema\/query)?\/?([A-Za-z_][\w-]*(?:\.[\w-]+)+)$/;
/** Query-string parameters and body keys of every PowerQuery; no arguments of one. */
const COMMON = new Set([
  'page',
  'pagesize',
  'order',
  'count',
  'extensions',
  'dofor',
  'projection',
  'q',
  '$q',
  '$dataversion',
  '$dataversion_applicationname',
  'Authorization',
  'authorization',
]);

/**
 * PowerQueries with their arguments, from `GET /ws/schema/query/api` (Swagger 2.0 as a client reports it; details
 * are not established, so whatever does not fit is passed over). Undefined when the body is no Swagger document.
 */
export function readSwaggerQueries(body: unknown): ReportedPowerQuery[] | undefined {
  if (!isJsonObject(body) || !isJsonObject(body['paths'])) return undefined;
  const queries: ReportedPowerQuery[] = [];
  let size = 0;
  for (const [path, item] of Object.entries(body['paths'])) {
    const name = QUERY_PATH.exec(path)?.[1];
    if (name === undefined || name.length > FACT_LIMITS.text || queries.length >= FACT_LIMITS.powerQueries) continue;
    const post = isJsonObject(item) && isJsonObject(item['post']) ? item['post'] : {};
    const summary = text(post['summary']) ?? text(post['description']);
    const query: ReportedPowerQuery = {
      name,
      ...(summary === undefined || summary === '' ? {} : { summary: summary.slice(0, FACT_LIMITS.text) }),
      arguments: readArguments(body, post).slice(0, FACT_LIMITS.arguments),
      ...withColumns(readColumns(body, name)),
    };
    size += JSON.stringify(query).length;
    if (size > FACT_LIMITS.powerQueryText) break;
    queries.push(query);
  }
  return queries.sort((a, b) => a.name.localeCompare(b.name));
}

function readArguments(document: Record<string, unknown>, operation: Record<string, unknown>): PowerQueryArgument[] {
  const found: PowerQueryArgument[] = [];
  for (const reference of Array.isArray(operation['parameters']) ? operation['parameters'] : []) {
    const parameter = resolve(document, reference);
    const name = text(parameter['name']);
    if (parameter['in'] === 'body' || isJsonObject(parameter['schema'])) {
      const schema = resolve(document, parameter['schema']);
      const required: unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
      for (const [key, value] of Object.entries(propertiesOf(schema))) {
        if (!COMMON.has(key)) found.push(argument(key, resolve(document, value), required.includes(key)));
      }
    } else if (name !== undefined && !COMMON.has(name)) {
      found.push(argument(name, parameter, parameter['required'] === true));
    }
  }
  return [...new Map(found.filter(({ name }) => isUsableName(name)).map((entry) => [entry.name, entry])).values()];
}

/**
 * The columns of the answer, from the definition that clients read: `table.column`, or the bare name where the query
 * is flattened.
 */
function readColumns(document: Record<string, unknown>, name: string): string[] {
  const definitions = isJsonObject(document['definitions']) ? document['definitions'] : {};
  const record = propertiesOf(resolve(document, definitions[`powerquery.resp.${name}.record`]));
  const tables = propertiesOf(resolve(document, record['tables']));
  const entries = Object.entries(Object.keys(tables).length > 0 ? tables : record);
  const grouped = entries.flatMap(([table, value]) =>
    Object.keys(propertiesOf(resolve(document, value))).map((column) => `${table}.${column}`),
  );
  const names = grouped.length > 0 ? grouped : entries.map(([key]) => key).filter((key) => !key.startsWith('_'));
  return names.filter(isUsableName).slice(0, FACT_LIMITS.names);
}

function withColumns(columns: readonly string[]): Pick<ReportedPowerQuery, 'columns'> {
  return columns.length > 0 ? { columns } : {};
}

function propertiesOf(schema: Record<string, unknown>): Record<string, unknown> {
  return isJsonObject(schema['properties']) ? schema['properties'] : {};
}

function argument(name: string, schema: Record<string, unknown>, required: boolean): PowerQueryArgument {
  const description = text(schema['description']);
  return {
    name,
    type: argumentType(schema),
    ...(required ? { required } : {}),
    ...(description === undefined || description === '' ? {} : { description: description.slice(0, FACT_LIMITS.text) }),
  };
}

function argumentType(schema: Record<string, unknown>): PowerQueryArgument['type'] {
  const type = schema['type'];
  if (type === 'array')
    return isJsonObject(schema['items']) && ['integer', 'number'].includes(String(schema['items']['type']))
      ? 'integer[]'
      : 'string[]';
  if (type === 'string' && (schema['format'] === 'date' || schema['format'] === 'date-time')) return 'date';
  if (type === 'date') return 'date';
  return type === 'integer' || type === 'number' || type === 'boolean' ? type : 'string';
}

/** Follows one `$ref` into the document; anything else stays. */
function resolve(document: Record<string, unknown>, value: unknown): Record<string, unknown> {
  if (!isJsonObject(value)) return {};
  const reference = text(value['$ref']);
  if (reference?.startsWith('#/') !== true) return value;
  let target: unknown = document;
  for (const key of reference.slice(2).split('/')) {
    target = isJsonObject(target) && Object.hasOwn(target, key) ? target[key] : undefined;
  }
  return isJsonObject(target) ? target : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
