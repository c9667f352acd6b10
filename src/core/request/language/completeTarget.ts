import {
  describeOperation,
  describeOperator,
  describeParameter,
  describePowerQuery,
  describeQueryField,
} from '../../catalog/docs.ts';
import { operatorsFor } from '../../catalog/filterCheck.ts';
import type { Operation } from '../../catalog/operation.ts';
import { describeTable } from '../../catalog/tableDocs.ts';
import type { RequestEntry } from '../requestFile.ts';
import { METHODS } from '../requestLine.ts';
import { completeColumns, completeNames } from './completeNames.ts';
import { escapeSnippet, offer, type Completion } from './completion.ts';
import { PlacedText } from './placedText.ts';
import { operationOf } from './diagnoseAddress.ts';
import { tableOf, type MatchedOperation } from './diagnoseParameters.ts';
import type { FileIndex } from './fileIndex.ts';

const METHOD_HELP: Readonly<Record<string, string>> = {
  GET: 'Read',
  POST: 'Create, or run a PowerQuery',
  PUT: 'Change or replace',
  DELETE: 'Delete',
};

export function completeMethods(index: FileIndex, range: { start: number; end: number }): Completion[] {
  return METHODS.slice(0, 7).map((label, at) =>
    offer({
      label,
      kind: 'method',
      range,
      text: `${label} `,
      detail: METHOD_HELP[label] === undefined ? undefined : index.say(METHOD_HELP[label]),
      again: true,
      sort: `0${at}`,
    }),
  );
}

/** Paths of the catalog for a method, or of all methods when it was left out. The range is the path as written. */
export function completePaths(
  index: FileIndex,
  method: string | undefined,
  range: { start: number; end: number },
  offset: number,
): Completion[] {
  const { catalog } = index.context;
  if (catalog === undefined) return [];
  const written = index.file.text.slice(range.start, range.end);
  const parameter = completePathParameter(index, written, range, offset);
  if (parameter !== undefined) return parameter;
  return catalog.operations
    .filter((operation) => method === undefined || operation.method === method)
    .map((operation) =>
      offer({
        label: operation.path,
        kind: 'path',
        range,
        text: pathSnippet(operation),
        snippet: true,
        detail: method === undefined ? `${operation.method} · ${operation.summary}` : operation.summary,
        documentation: () => describeOperation(catalog, operation, index.docs),
        again: /\{(?:tablename|queryname)\}$/.test(operation.path),
        sort: `${operation.legacy ? 2 : 1}${operation.path}`,
      }),
    );
}

/** Names of tables and PowerQueries where a path takes one. */
function completePathParameter(
  index: FileIndex,
  written: string,
  range: { start: number; end: number },
  offset: number,
): Completion[] | undefined {
  const { catalog, tables } = index.context;
  const table = /^(\/ws\/schema\/table\/)[^/]*$/.exec(written)?.[1];
  if (table !== undefined && tables !== undefined && offset >= range.start + table.length) {
    return tables.tables.map((entry) =>
      offer({
        label: entry.name.toLowerCase(),
        kind: 'table',
        range: { start: range.start + table.length, end: range.end },
        detail: entry.closed === undefined ? entry.kind : index.say('closed'),
        documentation: () => describeTable(entry, tables, index.docs),
        sort: `${entry.availability === 'notReported' ? 2 : 1}${entry.name}`,
      }),
    );
  }
  const query = /^(\/ws\/schema\/query\/)[^/]*$/.exec(written)?.[1];
  if (query === undefined || catalog === undefined || offset < range.start + query.length) return undefined;
  return catalog.powerQueries.map((entry) =>
    offer({
      label: entry.name,
      kind: 'powerQuery',
      range: { start: range.start + query.length, end: range.end },
      documentation: () => describePowerQuery(entry, index.docs),
      sort: `${entry.availability === 'notReported' ? 2 : 1}${entry.name}`,
    }),
  );
}

function pathSnippet({ path }: Operation): string {
  let place = 0;
  return path
    .split(/(\{[^{}]+\})/)
    .map((part, at) => {
      if (at % 2 === 0) return escapeSnippet(part);
      place++;
      return /tablename|queryname/.test(part) ? `\${${place}}` : `\${${place}:${part.slice(1, -1)}}`;
    })
    .join('');
}

/** Names and values of the query at a place; undefined when the cursor is not in the query. */
export function completeQuery(index: FileIndex, request: RequestEntry, offset: number): Completion[] | undefined {
  const address = index.address(request);
  if (!address.hasQuery || offset <= address.path.range.end) return undefined;
  const match = operationOf(request, index);
  if (match === undefined) return [];
  const parameter = address.parameters.find(({ range }) => range.start <= offset && offset <= range.end);
  const name = parameter?.name;
  if (parameter?.value === undefined || name === undefined || offset <= name.range.end) {
    return completeParameterNames(
      index,
      match,
      name?.range ?? { start: offset, end: offset },
      address.parameters.map((other) => other.name.text),
    );
  }
  return completeValue(index, match, name.text, parameter.value, offset);
}

function completeParameterNames(
  index: FileIndex,
  { operation }: MatchedOperation,
  range: { start: number; end: number },
  given: readonly string[],
): Completion[] {
  const here = index.file.text.slice(range.start, range.end);
  return operation.queryParams
    .filter(({ name }) => name === here || !given.includes(name))
    .map((parameter, at) =>
      offer({
        label: parameter.name,
        kind: 'parameter',
        range,
        text: index.file.text.charAt(range.end) === '=' ? parameter.name : `${parameter.name}=`,
        detail: parameter.required === true ? index.say('required') : parameter.type,
        documentation: () => describeParameter(operation, parameter, index.docs),
        again: true,
        sort: `${parameter.required === true ? 0 : 1}${String(at).padStart(2, '0')}`,
      }),
    );
}

function completeValue(
  index: FileIndex,
  match: MatchedOperation,
  name: string,
  value: PlacedText,
  offset: number,
): Completion[] {
  const { operation } = match;
  const parameter = operation.queryParams.find((candidate) => candidate.name === name);
  if (parameter === undefined) return [];
  const { catalog } = index.context;
  const resource = catalog?.resource(operation.resource);
  if (name === 'expansions') return completeNames(index, value, offset, operation.expansions, 'expansion', resource);
  if (name === 'extensions') return completeNames(index, value, offset, operation.extensions, 'extension', resource);
  if (parameter.type === 'filter') return completeFilter(index, match, value, offset);
  if (name === 'order') return completeOrder(index, value, offset);
  if (parameter.type === 'columns' || name === 'sort')
    return completeColumns(index, value, offset, tableOf(match, index), ',');
  const range = value.range;
  if (parameter.type === 'boolean') return ['true', 'false'].map((label) => offer({ label, kind: 'value', range }));
  if (name === 'pagesize') {
    const limit = operation.maxPageSize;
    const sizes = limit === undefined ? ['100'] : [String(limit)];
    if (operation.kind === 'query') sizes.push('0');
    return sizes.map((label) =>
      offer({
        label,
        kind: 'value',
        range,
        detail:
          label === String(limit)
            ? index.say('the limit of the server')
            : label === '0'
              ? index.say('all rows')
              : undefined,
      }),
    );
  }
  return name === 'page' ? [offer({ label: '1', kind: 'value', range })] : [];
}

/** `table.column` and, behind its semicolon, the direction. */
function completeOrder(index: FileIndex, value: PlacedText, offset: number): Completion[] {
  const direction = /;(\w*)$/.exec(value.text.slice(0, value.indexOf(offset)));
  if (direction === null) return completeColumns(index, value, offset, undefined, ',');
  const range = { start: offset - (direction[1]?.length ?? 0), end: offset };
  return ['asc', 'desc'].map((label) => offer({ label, kind: 'value', range }));
}

/** Fields, comparisons and known values of a filter. */
function completeFilter(index: FileIndex, match: MatchedOperation, value: PlacedText, offset: number): Completion[] {
  const { filter } = match.operation;
  if (filter === undefined) return [];
  const before = value.text.slice(0, value.indexOf(offset));
  const term = before.slice(before.lastIndexOf(';') + 1);
  const compared = /^([\w.$]*?)(==|!=|=[a-z]*=?|!)([^;]*)$/.exec(term);
  const start = offset - term.length;
  const table = tableOf(match, index);
  const fieldName = compared?.[1] ?? term;
  const field = filter.fields.find((candidate) => candidate.name === fieldName);
  const column = table?.columns.find(
    (candidate) => candidate.name.toLowerCase() === fieldName.slice(fieldName.lastIndexOf('.') + 1).toLowerCase(),
  );
  if (compared !== null) {
    const [, , operator = '', written = ''] = compared;
    const range = { start: offset - written.length, end: offset };
    if (!/^(?:==|!=|=(?:gt|ge|lt|le)=)$/.test(operator)) {
      const signs = { start: offset - operator.length - written.length, end: offset };
      return operatorsFor(field?.type ?? column?.type, filter.over).map((label) =>
        offer({ label, kind: 'operator', range: signs, documentation: () => describeOperator(label, index.docs) }),
      );
    }
    const known = Object.entries(field?.values ?? {}).map(([label, detail]) =>
      offer({ label, kind: 'value', range, detail }),
    );
    const isText = (field?.type ?? column?.type) === 'string' && operator === '==' && !written.includes('*');
    if (!isText || known.length > 0) return known;
    const detail = written === '' ? index.say('any text') : index.say('starts with this');
    return [offer({ label: `${written}*`, kind: 'value', range, detail })];
  }
  const range = { start, end: offset };
  if (field !== undefined || column !== undefined) {
    const at = { start: offset, end: offset };
    return operatorsFor(field?.type ?? column?.type, filter.over).map((label) =>
      offer({
        label,
        kind: 'operator',
        range: at,
        documentation: () => describeOperator(label, index.docs),
        again: true,
      }),
    );
  }
  if (filter.over === 'columns')
    return completeColumns(index, new PlacedText({ text: term, range: { start, end: offset } }), offset, table, ';');
  return filter.fields.map((candidate) =>
    offer({
      label: candidate.name,
      kind: 'field',
      range,
      detail: candidate.type,
      documentation: () => describeQueryField(candidate, index.docs),
      again: true,
    }),
  );
}
