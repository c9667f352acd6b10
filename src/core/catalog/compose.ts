import type { Header } from '../http/transport.ts';
import type { Catalog } from './catalog.ts';
import type { PowerQueryArgument } from './catalogData.ts';
import { printFilter, printTerm, type FilterTerm } from './fiql.ts';
import type { Operation } from './operation.ts';
import { fillTemplate } from './pathTemplate.ts';
import { buildQuery, encodeInnerValue, type QueryPair } from './queryString.ts';
import type { ArgumentValue, Selection } from './selection.ts';
import { blankVariables } from './variableText.ts';

export interface ComposedRequest {
  readonly operation: Operation;
  readonly method: Operation['method'];
  /** Path and query, encoded. A path parameter that is still to be chosen stands as `{id}`. */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: string | undefined;
  /** What is missing or will not come out as meant. */
  readonly remarks: readonly ComposeRemark[];
}

export interface ComposeRemark {
  readonly kind:
    /** A path parameter has no value. */
    | 'missingPathParam'
    /** The server, or the server for plugins, wants this query parameter. */
    | 'missingParameter'
    /** A value holds a comma or semicolon, which the server may read as the next condition. */
    | 'reservedInValue'
    /** The table API sorts by one column as far as is known; the others were left out. */
    | 'oneSortOnly'
    /** An argument that is a number holds no number; it is sent as text. */
    | 'notANumber';
  readonly name: string;
}

const JSON_TYPE = 'application/json';

/**
 * Turns what was picked into a request; undefined for an unknown operation. Follows the rules of each family:
 * tables want `projection` and join columns by comma, a PowerQuery takes `$q` and `projection` in its body, joined
 * by semicolon and with only the values encoded, and sorts with `order=column;desc`.
 */
export function compose(catalog: Catalog, selection: Selection): ComposedRequest | undefined {
  const operation = catalog.operation(selection.operation);
  if (operation === undefined) return undefined;
  const remarks: ComposeRemark[] = [];
  const query = queryOf(operation, selection, remarks);
  const path = fillTemplate(operation.path, selection.pathParams);
  const body = bodyOf(catalog, operation, selection, remarks);
  for (const { name } of operation.pathParams) {
    if ((selection.pathParams[name] ?? '') === '') remarks.push({ kind: 'missingPathParam', name });
  }
  for (const parameter of operation.queryParams) {
    const wanted = parameter.required === true || parameter.requiredFor === 'plugins';
    if (wanted && !query.some(({ name }) => name === parameter.name))
      remarks.push({ kind: 'missingParameter', name: parameter.name });
  }
  const headers: Header[] = [['Accept', JSON_TYPE]];
  if (body !== undefined) {
    headers.push([
      'Content-Type',
      operation.bodyType === 'form' ? 'application/x-www-form-urlencoded;charset=UTF-8' : JSON_TYPE,
    ]);
  }
  return {
    operation,
    method: operation.method,
    target: query.length === 0 ? path : `${path}?${buildQuery(query)}`,
    headers,
    body,
    remarks,
  };
}

export function isPowerQuery(operation: Operation): boolean {
  return operation.resource === 'powerQueries';
}

/** What the operation does not take is left out: the selection of a list also composes its count. */
function queryOf(operation: Operation, selection: Selection, remarks: ComposeRemark[]): QueryPair[] {
  const accepted = new Set(operation.queryParams.map(({ name }) => name));
  const pairs: QueryPair[] = [];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '' && accepted.has(name)) pairs.push({ name, value });
  };
  add('expansions', selection.expansions.join(','));
  add('extensions', selection.extensions.join(','));
  if (isPowerQuery(operation)) {
    add('order', selection.sort.map(({ column, descending }) => (descending ? `${column};desc` : column)).join(','));
  } else {
    noteReserved(selection.filter, remarks);
    add('q', printFilter(selection.filter));
    const projection = operation.queryParams.find(({ name }) => name === 'projection');
    add('projection', selection.columns.length > 0 ? selection.columns.join(',') : projection?.default?.toString());
    const [first, second] = selection.sort;
    add('sort', first?.column);
    if (first?.descending === true) add('sortdescending', 'true');
    if (second !== undefined && accepted.has('sort')) remarks.push({ kind: 'oneSortOnly', name: second.column });
  }
  add('page', selection.page);
  add('pagesize', selection.pageSize);
  for (const [name, value] of selection.query) pairs.push({ name, value });
  return pairs;
}

function bodyOf(
  catalog: Catalog,
  operation: Operation,
  selection: Selection,
  remarks: ComposeRemark[],
): string | undefined {
  if (selection.body !== undefined) return selection.body;
  if (isPowerQuery(operation)) return powerQueryBody(catalog, selection, remarks);
  if (operation.body === undefined) return undefined;
  return typeof operation.body === 'string' ? operation.body : JSON.stringify(operation.body, undefined, 2);
}

function powerQueryBody(catalog: Catalog, selection: Selection, remarks: ComposeRemark[]): string {
  const known = catalog.powerQuery(selection.pathParams['queryname'] ?? '')?.arguments ?? [];
  const entries = Object.entries(selection.arguments).map(([name, value]): [string, string] => {
    const type = known.find((argument) => argument.name === name)?.type;
    return [name, argumentJson(name, value, type, remarks)];
  });
  if (selection.filter.length > 0) {
    noteReserved(selection.filter, remarks);
    // In `$q` only the value may be encoded: an encoded operator is an error.
    entries.push(['$q', JSON.stringify(selection.filter.map((term) => printTerm(encodeTerm(term))).join(';'))]);
  }
  if (selection.columns.length > 0) entries.push(['projection', JSON.stringify(selection.columns.join(';'))]);
  if (entries.length === 0) return '{}';
  return `{\n${entries.map(([name, json]) => `  ${JSON.stringify(name)}: ${json}`).join(',\n')}\n}`;
}

/** The JSON text of one argument. A number may be a lone `{{variable}}`, which then stands without quotes. */
function argumentJson(
  name: string,
  value: ArgumentValue,
  type: PowerQueryArgument['type'] | undefined,
  remarks: ComposeRemark[],
): string {
  if (typeof value !== 'string' || type?.endsWith('[]') === true) {
    const item = type?.endsWith('[]') === true ? (type.slice(0, -2) as 'integer' | 'string') : type;
    const items = typeof value === 'string' ? value.split(',').map((entry) => entry.trim()) : value;
    return `[${items.map((entry) => argumentJson(name, entry, item, remarks)).join(', ')}]`;
  }
  const text = value.trim();
  const isVariable = /^\{\{[^{}]*\}\}$/.test(text);
  if (type === 'integer' || type === 'number') {
    if (isVariable || /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(text)) return text;
    remarks.push({ kind: 'notANumber', name });
  }
  if (type === 'boolean' && (isVariable || text === 'true' || text === 'false')) return text;
  return JSON.stringify(value);
}

function encodeTerm(term: FilterTerm): FilterTerm {
  return { ...term, value: encodeInnerValue(term.value), values: term.values?.map(encodeInnerValue) };
}

function noteReserved(terms: readonly FilterTerm[], remarks: ComposeRemark[]): void {
  for (const term of terms) {
    if ((term.values ?? [term.value]).some((value) => /[,;]/.test(blankVariables(value)))) {
      remarks.push({ kind: 'reservedInValue', name: term.field });
    }
  }
}
