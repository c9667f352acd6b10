import { Catalog } from './catalog.ts';
import { mayRead, readColumnLine, reportedColumns, type ReportedTable, type ServerFacts } from './serverFacts.ts';
import { TableCatalog, type Column, type ColumnType, type Table } from './tables.ts';
import type { TableKind } from './tablesData.ts';

/** The catalog as one server has it: its expansions, extensions, page limits, PowerQueries and refusals. */
export function mergeCatalog(catalog: Catalog, facts: ServerFacts): Catalog {
  return new Catalog(catalog.data, {
    expansions: facts.expansions,
    extensions: facts.extensions,
    limits: facts.limits,
    refusals: facts.refusals,
    version: facts.version,
    powerQueries: facts.powerQueries,
  });
}

/**
 * The tables as one server has them. A table that the server lists is `reported`; one that only the product knows is
 * `notReported` once the server listed its tables. Columns that the server told replace those the product knows,
 * which lend their type and description; the ones that the server does not have follow as `notReported`.
 */
export function mergeTables(tables: TableCatalog, facts: ServerFacts): TableCatalog {
  const reported = new Map((facts.tables ?? []).map((table) => [table.name.toLowerCase(), table]));
  const names = new Map<string, string>();
  for (const table of tables.tables) names.set(table.name.toLowerCase(), table.name);
  for (const [name, table] of reported) names.set(name, table.name);
  for (const name of Object.keys(facts.columns)) if (!names.has(name)) names.set(name, name);
  const merged = [...names].map(([key, name]) => {
    const listed = reported.get(key);
    const asked = Object.hasOwn(facts.columns, key);
    const availability =
      listed !== undefined || asked ? 'reported' : facts.tables === undefined ? 'known' : 'notReported';
    return mergeTable(name, tables.table(key), listed, availability, facts);
  });
  merged.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  return new TableCatalog(tables.data, merged);
}

function mergeTable(
  name: string,
  known: Table | undefined,
  listed: ReportedTable | undefined,
  availability: Table['availability'],
  facts: ServerFacts,
): Table {
  let columns: readonly Column[] | undefined;
  const refusal = Object.hasOwn(facts.refusals, `table:${name.toLowerCase()}`)
    ? facts.refusals[`table:${name.toLowerCase()}`]
    : undefined;
  return {
    name,
    kind: known?.kind ?? kindOf(name, listed),
    description: known?.description ?? listed?.display ?? '',
    key: listed?.key ?? known?.key,
    number: known?.number,
    closed: refusal?.status === 405 ? `${refusal.status}: ${refusal.message}` : known?.closed,
    sources: known?.sources ?? [],
    availability,
    columnsReported: Object.hasOwn(facts.columns, name.toLowerCase()),
    granted: isGranted(facts, name.toLowerCase()),
    coreTable: listed?.coreTable,
    area: listed?.area,
    refusal,
    get columns() {
      columns ??= mergeColumns(name, known, facts);
      return columns;
    },
  };
}

/** Looks at no more columns than needed: a thousand tables are listed at once. */
function isGranted(facts: ServerFacts, table: string): boolean | undefined {
  const text = Object.hasOwn(facts.columns, table) ? (facts.columns[table] ?? '') : '';
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? undefined : end);
    if (mayRead(readColumnLine(line).access) !== false) return true;
    start = end < 0 ? text.length : end + 1;
  }
  return text === '' ? undefined : false;
}

function mergeColumns(table: string, known: Table | undefined, facts: ServerFacts): readonly Column[] {
  const reported = reportedColumns(facts, table);
  if (reported === undefined) return known?.columns ?? [];
  const rest = new Map((known?.columns ?? []).map((column) => [column.name.toLowerCase(), column]));
  const columns = reported.map(({ name, access, type }): Column => {
    const twin = rest.get(name.toLowerCase());
    rest.delete(name.toLowerCase());
    return {
      name,
      type: columnType(type) ?? twin?.type,
      typeInferred: columnType(type) === undefined && (twin?.typeInferred ?? false),
      nativeType: twin?.nativeType ?? type,
      description: twin?.description ?? '',
      secret: twin?.secret ?? false,
      access,
      readable: mayRead(access),
      availability: 'reported',
    };
  });
  for (const column of rest.values()) columns.push({ ...column, availability: 'notReported' });
  return columns;
}

/** Which kind the name of an unknown table tells: the prefixes are fixed by PowerSchool. */
function kindOf(name: string, listed: ReportedTable | undefined): TableKind | 'unknown' {
  if (/^u_/i.test(name)) return 'userExtension';
  if (/^s_/i.test(name)) return 'stateExtension';
  if (/^c_|corefields$/i.test(name) || (listed?.coreTable ?? '') !== '') return 'coreExtension';
  return /^p[st]_/i.test(name) ? 'view' : 'unknown';
}

const COLUMN_TYPES: ReadonlyMap<string, ColumnType> = new Map([
  ['integer', 'integer'],
  ['int', 'integer'],
  ['long', 'integer'],
  ['number', 'number'],
  ['double', 'number'],
  ['decimal', 'number'],
  ['float', 'number'],
  ['string', 'string'],
  ['varchar2', 'string'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['timestamp', 'datetime'],
  ['datetime', 'datetime'],
  ['clob', 'clob'],
  ['blob', 'binary'],
  ['binary', 'binary'],
]);

function columnType(type: string | undefined): ColumnType | undefined {
  return type === undefined ? undefined : COLUMN_TYPES.get(type.toLowerCase());
}
