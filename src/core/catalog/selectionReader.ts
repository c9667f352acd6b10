import type { Catalog } from './catalog.ts';
import { isPowerQuery } from './compose.ts';
import { parseFilter, type FilterTerm } from './fiql.ts';
import type { Operation } from './operation.ts';
import { readQuery } from './queryString.ts';
import { emptySelection, type ArgumentValue, type Selection, type SortKey } from './selection.ts';

/** The widest type, so that the reader can fill it step by step. */
type Draft = { -readonly [Key in keyof Selection]: Selection[Key] };

/**
 * What was picked, read back from a request; undefined when no operation has this address. Whatever has no place of
 * its own (an unknown parameter, a filter with errors, a body that is no list of arguments) is kept as it is, so that
 * composing again says the same.
 */
export function readSelection(catalog: Catalog, method: string, target: string, body?: string): Selection | undefined {
  const match = catalog.match(method, target);
  if (match === undefined) return undefined;
  const { operation, pathParams } = match;
  const draft: Draft = emptySelection(operation.id, withoutBlanks(pathParams));
  const others: [string, string | undefined][] = [];
  const powerQuery = isPowerQuery(operation);
  const accepted = new Set(operation.queryParams.map((parameter) => parameter.name));
  let sort: string | undefined;
  let descending = false;
  for (const { name, value } of readQuery(target)) {
    if (value === undefined || value === '' || !accepted.has(name)) others.push([name, value]);
    else if (name === 'expansions') draft.expansions = [...draft.expansions, ...splitList(value)];
    else if (name === 'extensions') draft.extensions = [...draft.extensions, ...splitList(value)];
    else if (name === 'page') draft.page = value;
    else if (name === 'pagesize') draft.pageSize = value;
    else if (name === 'projection' && !powerQuery)
      draft.columns = isDefault(operation, name, value) ? [] : splitList(value);
    else if (name === 'sort') sort = value;
    else if (name === 'sortdescending' && sort !== undefined && value === 'true') descending = true;
    else if (name === 'order') draft.sort = readOrder(value);
    else if (name === 'q' && draft.filter.length === 0 && readsCleanly(value)) draft.filter = termsOf(value);
    else others.push([name, value]);
  }
  if (sort !== undefined) draft.sort = [{ column: sort, descending }];
  draft.query = others;
  if (body !== undefined && body.trim() !== '') {
    if (!powerQuery || !readPowerQueryBody(draft, body)) draft.body = body;
  }
  return draft;
}

function isDefault(operation: Operation, name: string, value: string): boolean {
  return operation.queryParams.find((parameter) => parameter.name === name)?.default === value;
}

function withoutBlanks(pathParams: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(pathParams).filter(([name, value]) => value !== `{${name}}`));
}

function splitList(value: string, separator = ','): string[] {
  return value
    .split(separator)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function readsCleanly(text: string): boolean {
  return parseFilter(text).errors.length === 0;
}

function termsOf(text: string, decodeValue: (value: string) => string = (value) => value): FilterTerm[] {
  return parseFilter(text).terms.map(({ field, operator, value, values }) => ({
    field,
    operator,
    value: decodeValue(value),
    values: values?.map(decodeValue),
  }));
}

/** `students.lastfirst;desc,students.dcid` */
function readOrder(value: string): SortKey[] {
  return splitList(value).map((part) => {
    const [column = '', direction] = part.split(';');
    return { column: column.trim(), descending: direction?.trim().toLowerCase() === 'desc' };
  });
}

/** False when the body is not a plain list of arguments. Bare `{{variables}}` in the place of numbers are read too. */
function readPowerQueryBody(draft: Draft, body: string): boolean {
  const value = parseWithVariables(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const args: Record<string, ArgumentValue> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (name === '$q' && typeof entry === 'string' && readsCleanly(entry)) draft.filter = termsOf(entry, decodeInner);
    else if (name === 'projection' && typeof entry === 'string') draft.columns = splitList(entry, ';');
    else {
      const read = readArgument(entry);
      if (read === undefined) return false;
      args[name] = read;
    }
  }
  draft.arguments = args;
  return true;
}

function readArgument(value: unknown): ArgumentValue | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return undefined;
  const items = value.map(readArgument);
  return items.every((item) => typeof item === 'string') ? items : undefined;
}

function parseWithVariables(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(
        text.replace(/(?<=[:[,]\s*)\{\{[^{}"]*\}\}(?=\s*[,\]}])/g, (variable) => JSON.stringify(variable)),
      );
    } catch {
      return undefined;
    }
  }
}

function decodeInner(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
