import { openBraces } from './completeVariable.ts';
import { operationOf } from './diagnoseAddress.ts';
import type { FileIndex } from './fileIndex.ts';
import { placeInJson } from './jsonPlace.ts';
import { lineStartAt } from '../textLines.ts';

/** What is not in the text: facts of the server that a request goes to, or the files around. */
export type ServerNeed = {
  /** The name behind `# @server`; undefined means the active server. */
  readonly server: string | undefined;
} & (
  | { readonly kind: 'tables' }
  | { readonly kind: 'powerQueries' }
  | { readonly kind: 'columns'; readonly table: string }
  | { readonly kind: 'names'; readonly resource: string }
  | { readonly kind: 'files' }
);

/** What helps to complete at a place: names of tables, PowerQueries, columns, expansions and extensions, or files. */
export function needAt(index: FileIndex, offset: number): ServerNeed | undefined {
  const { text } = index.file;
  if (openBraces(text, offset) !== undefined) return undefined;
  const line = text.slice(lineStartAt(text, offset), offset);
  if (/^\s*(?:#|\/\/)/.test(line)) return undefined;
  if (/^<@?\w*\s/.test(line)) return { kind: 'files', server: undefined };
  const request = index.blockAt(offset)?.request;
  if (request === undefined) return undefined;
  const own = index.for(request);
  const server = own === index ? undefined : request.directives.find(({ name }) => name.text === 'server')?.value.text;
  const address = own.address(request);
  const { path, body } = { path: address.path.text, body: request.body };
  if (offset <= address.path.range.end) {
    if (/^\/ws\/schema\/table\/[^/]*$/.test(path)) return { kind: 'tables', server };
    return /^\/ws\/schema\/query\/[^/]*$/.test(path) ? { kind: 'powerQueries', server } : undefined;
  }
  const match = operationOf(request, own);
  if (match === undefined) return undefined;
  const { operation, pathParams } = match;
  const table = pathParams['tablename'];
  if (body !== undefined && offset >= body.range.start) {
    const place = placeInJson(text, body.range.start, offset);
    if (pathParams['queryname'] !== undefined && place?.kind === 'key') return { kind: 'powerQueries', server };
    const named = place?.path[0] === 'tables' ? place.path[1] : undefined;
    if (named !== undefined) return { kind: 'columns', table: named, server };
    return place?.key === 'projection' ? columnsOf(text.slice(place.range.start, offset), server) : undefined;
  }
  const parameter = address.parameters.find(({ range }) => range.start <= offset && offset <= range.end);
  if (parameter?.value === undefined || offset < parameter.value.range.start) return undefined;
  const name = parameter.name.text;
  if (name === 'expansions' || name === 'extensions') return { kind: 'names', resource: operation.resource, server };
  if (table !== undefined) return { kind: 'columns', table, server };
  return operation.kind === 'query' && (name === 'projection' || name === 'order')
    ? columnsOf(parameter.value.text.slice(0, parameter.value.indexOf(offset)), server)
    : undefined;
}

/** In a list of `table.column`: the columns of the table that is named last, else the tables. */
function columnsOf(list: string, server: string | undefined): ServerNeed {
  const table = /([\w$]+)\.[\w$]*$/.exec(list)?.[1];
  return table === undefined ? { kind: 'tables', server } : { kind: 'columns', table, server };
}
