import { findColumn, type Dictionary } from '../district/dictionary.ts';
import { type NamedQuery, outputColumns, type QueryArgument } from './namedQuery.ts';

/**
 * The answer of `GET /ws/schema/query/api`: Swagger 2.0. The names of the definitions and the place of the arguments
 * are those that the field's clients read; the rest of the document is not established.
 */
export function describeQueries(queries: readonly NamedQuery[], dictionary: Dictionary): Record<string, unknown> {
  const definitions: Record<string, unknown> = {};
  const paths: Record<string, unknown> = {};
  for (const query of queries) {
    const { name } = query;
    if (query.args.length > 0) definitions[`powerquery.param.${name}`] = argumentsSchema(query, dictionary);
    definitions[`powerquery.resp.${name}`] = answerSchema(name);
    definitions[`powerquery.resp.${name}.record`] = recordSchema(query);
    paths[`/ws/schema/query/${name}`] = { post: operation(query) };
  }
  const info = { title: 'PowerQueries', version: '1.0' };
  return { swagger: '2.0', info, consumes: ['application/json'], produces: ['application/json'], paths, definitions };
}

function operation(query: NamedQuery): Record<string, unknown> {
  const { name } = query;
  const body = { in: 'body', name: 'body', required: true, schema: reference(`powerquery.param.${name}`) };
  const area = name.split('.')[3];
  return {
    tags: [...new Set([...(area === undefined ? [] : [area]), ...(query.tags ?? [])])],
    summary: query.summary,
    description: query.description,
    operationId: name,
    ...(query.args.length === 0 ? {} : { parameters: [body] }),
    responses: { 200: { description: 'The rows', schema: reference(`powerquery.resp.${name}`) } },
  };
}

const reference = (definition: string): Record<string, string> => ({ $ref: `#/definitions/${definition}` });

function argumentsSchema(query: NamedQuery, dictionary: Dictionary): Record<string, unknown> {
  const required = query.args.filter((argument) => argument.required && argument.default === undefined);
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required: required.map(({ name }) => name) }),
    properties: Object.fromEntries(query.args.map((argument) => [argument.name, argumentSchema(argument, dictionary)])),
  };
}

function argumentSchema(argument: QueryArgument, dictionary: Dictionary): Record<string, unknown> {
  const [table = '', field = ''] = argument.column?.split('.') ?? [];
  const definition = dictionary.table(table);
  const type = definition === undefined ? undefined : findColumn(definition, field)?.type;
  const value =
    type === 'integer' || type === 'number'
      ? { type }
      : { type: 'string', ...(type === 'date' ? { format: 'date' } : {}) };
  return {
    ...(argument.type === 'array' ? { type: 'array', items: value } : value),
    ...(argument.description === undefined ? {} : { description: argument.description }),
    ...(argument.default === undefined ? {} : { default: argument.default }),
  };
}

function answerSchema(name: string): Record<string, unknown> {
  const record = { type: 'array', items: reference(`powerquery.resp.${name}.record`) };
  return { type: 'object', properties: { name: { type: 'string' }, record, '@extensions': { type: 'string' } } };
}

/** Flattened queries list their columns, grouped ones their tables. */
function recordSchema(query: NamedQuery): Record<string, unknown> {
  const tables: Record<string, Record<string, unknown>> = {};
  const flat: Record<string, unknown> = {};
  for (const [index, { table, name }] of outputColumns(query).entries()) {
    const description = query.columns[index]?.description;
    const column = { type: 'string', ...(description === undefined ? {} : { description }) };
    flat[name] = column;
    tables[table] = { ...tables[table], [name]: column };
  }
  if (query.flattened === true) return { type: 'object', properties: flat };
  const groups = Object.entries(tables).map(([table, properties]) => [table, { type: 'object', properties }]);
  return { type: 'object', properties: Object.fromEntries(groups) };
}

/**
 * The answer of `GET /ws/powerqueryaccesslist/{name}`: the columns that the query returns, as view-only access
 * requests. What they are is told by the documentation, the shape is the sandbox's choice.
 */
export function accessList(query: NamedQuery): Record<string, unknown> {
  const fields = new Map(
    outputColumns(query).map(({ source }) => [
      `${source.table}.${source.field}`,
      { table: source.table.toUpperCase(), field: source.field.toUpperCase(), access: 'ViewOnly' },
    ]),
  );
  return { name: query.name, access_request: { field: [...fields.values()] } };
}
