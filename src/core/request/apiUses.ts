import type { ApiUse, UsedColumn } from '../catalog/apiUse.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { TableCatalog } from '../catalog/tables.ts';
import { readAddress, type Address } from './language/address.ts';
import { columnFault } from './language/diagnoseColumns.ts';
import { listItems } from './language/nameList.ts';
import { PlacedText } from './language/placedText.ts';
import type { RequestEntry, RequestFile, Span } from './requestFile.ts';
import { isJsonObject, parseJson } from '../powerschool/jsonValue.ts';

/**
 * What the requests of a file need, as far as it stands there: what comes from variables is passed over.
 *
 * @param tables Those that the request file is judged by, when it is: columns that it has a message on are told.
 */
export function apiUsesOf(file: RequestFile, catalog: Catalog, tables?: TableCatalog): ApiUse[] {
  return file.requests.flatMap((request) => useOf(request, file.text, catalog, tables) ?? []);
}

function useOf(
  request: RequestEntry,
  text: string,
  catalog: Catalog,
  tables: TableCatalog | undefined,
): ApiUse | undefined {
  const address = readAddress(request.target);
  const operation = catalog.match(request.method.text, address.path.text)?.operation;
  const { range } = request.target;
  switch (operation?.access) {
    case 'v1Read':
      return { kind: 'v1', level: 'READ', range };
    case 'v1Full':
      return { kind: 'v1', level: 'FULL', range };
    case 'viewOnly':
    case 'fullAccess':
      return tableUse(request, address, operation.access === 'viewOnly' ? 'ViewOnly' : 'FullAccess', text, tables);
    case 'none':
    case 'signIn':
    case 'unverified':
    case undefined:
      return undefined;
  }
}

function tableUse(
  request: RequestEntry,
  address: Address,
  access: 'ViewOnly' | 'FullAccess',
  text: string,
  tables: TableCatalog | undefined,
): ApiUse | undefined {
  const [, , kind, table] = address.segments.map((segment) => segment.text);
  if (kind !== 'table' || table === undefined || table.includes('{{')) return undefined;
  const valuesOf = (name: string): PlacedText[] =>
    address.parameters.flatMap((parameter) =>
      parameter.name.text.toLowerCase() === name && parameter.value !== undefined ? [parameter.value] : [],
    );
  const projected = valuesOf('projection').flatMap((value) => listItems(value, /[,;]/));
  const known = tables?.table(table);
  const own = (columns: readonly PlacedText[]): Span[] => columns.flatMap((column) => ownColumn(column, table) ?? []);
  const judged = (column: Span): UsedColumn => ({
    ...column,
    refused: tables !== undefined && known !== undefined && columnFault(column.text, known, tables) !== undefined,
  });
  const conditions = valuesOf('q').flatMap((value) => listItems(value, /[,;]/).map(conditionColumn));
  const columns = [
    ...own([...projected, ...valuesOf('sort').flatMap((value) => listItems(value, /[,;]/))]).map(judged),
    // a filter is judged only by what the server told
    ...own(conditions).map((column) => (known?.columnsReported === true ? judged(column) : column)),
    ...own(access === 'FullAccess' ? writtenColumns(request, table, text) : []),
  ];
  const everything =
    access === 'ViewOnly' && (projected.length === 0 || projected.some((item) => item.text.endsWith('*')));
  return { kind: 'table', access, table, columns, everything, range: request.target.range };
}

/** `name==value` → `name`. */
function conditionColumn(condition: PlacedText): PlacedText {
  const [name = ''] = /^[\w.$#]*/.exec(condition.text) ?? [];
  return condition.part(0, name.length);
}

/** A column of the table itself; a projection may name those of other tables. */
function ownColumn(column: PlacedText, table: string): Span | undefined {
  const { text } = column;
  const dot = text.lastIndexOf('.');
  if (dot >= 0 && text.slice(0, dot).toLowerCase() !== table.toLowerCase()) return undefined;
  const name = text.slice(dot + 1);
  return /^[\w$#]+$/.test(name) ? column.part(dot + 1, text.length) : undefined;
}

/** The keys below `tables.NAME` of a JSON body. */
function writtenColumns({ body }: RequestEntry, table: string, text: string): PlacedText[] {
  if (body === undefined) return [];
  const lines = body.lines.flatMap((line) => (line.kind === 'text' ? line.text : []));
  const value = parseJson(
    lines.join('\n').replace(/("[^"\n]*")|\{\{[^}\n]*\}\}/g, (_, string?: string) => string ?? '0'),
  );
  const tables = isJsonObject(value) ? value['tables'] : undefined;
  const row = isJsonObject(tables)
    ? Object.entries(tables).find(([name]) => name.toLowerCase() === table.toLowerCase())?.[1]
    : undefined;
  if (!isJsonObject(row)) return [];
  return Object.keys(row).flatMap((name) => {
    const at = text.indexOf(`"${name}"`, body.range.start);
    if (at < 0 || at >= body.range.end) return [];
    return new PlacedText({ text: name, range: { start: at + 1, end: at + 1 + name.length } });
  });
}
