import type { Availability } from './operation.ts';
import type { Refusal } from './serverFacts.ts';
import type { AbsentName, TableData, TableKind, TablesData } from './tablesData.ts';

export type ColumnType = 'integer' | 'number' | 'string' | 'boolean' | 'date' | 'datetime' | 'clob' | 'binary';

/** What the plugin may do with a column: as the server's metadata says it, such as `FullAccess` or `NoAccess`. */
export type ColumnAccess = string;

export interface Column {
  /** As the server or the data file writes it. Case does not matter to the server. */
  readonly name: string;
  readonly type: ColumnType | undefined;
  /** The type was guessed from the name or from the same column elsewhere. */
  readonly typeInferred: boolean;
  /** The type in the database, such as `String 60`. */
  readonly nativeType: string | undefined;
  readonly description: string;
  /** A password or the like: never shown. */
  readonly secret: boolean;
  /** Only after a server was asked. */
  readonly access: ColumnAccess | undefined;
  /** Whether the plugin may read it; undefined when nothing is known. */
  readonly readable: boolean | undefined;
  readonly availability: Availability;
}

export interface Table {
  readonly name: string;
  readonly kind: TableKind | 'unknown';
  readonly description: string;
  /** Column that is the row's id in API addresses. */
  readonly key: string | undefined;
  readonly number: number | undefined;
  /** Why the table API does not serve it. */
  readonly closed: string | undefined;
  readonly sources: readonly string[];
  /** Columns in the order of the file or of the server. Read when first asked for. */
  readonly columns: readonly Column[];
  /** `known` from the data file alone; a server that was asked makes it `reported` or `notReported`. */
  readonly availability: Availability;
  /** The server was asked for the columns. */
  readonly columnsReported: boolean;
  /** Whether the plugin may read any of them; undefined when the server was not asked or did not say. */
  readonly granted: boolean | undefined;
  /** The core table of an extension, when the server told. */
  readonly coreTable: string | undefined;
  /** The area that the server puts it in, when it told. */
  readonly area: string | undefined;
  /** How the server refused it last time. */
  readonly refusal: Refusal | undefined;
}

/** Tables and columns by name, in any case. Immutable; `mergeTables` (serverCatalog.ts) adds what a server reports. */
export class TableCatalog {
  readonly tables: readonly Table[];
  /** What prefixes and ids mean, by topic. */
  readonly naming: Readonly<Record<string, string>>;
  readonly powerQueryViews: readonly string[];
  readonly absent: readonly AbsentName[];
  readonly #byName: Map<string, Table>;
  readonly #columns = new Map<Table, Map<string, Column>>();
  readonly data: TablesData;

  constructor(data: TablesData, tables: readonly Table[] = data.tables.map(readTable)) {
    this.data = data;
    this.naming = data.naming;
    this.powerQueryViews = data.powerQueryViews;
    this.absent = data.absent;
    this.tables = tables;
    this.#byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
  }

  table(name: string): Table | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** `column` may carry its table, as in `students.dob`, when `table` is left empty. */
  column(table: string, column: string): Column | undefined {
    const dot = column.lastIndexOf('.');
    const owner = this.table(table === '' && dot > 0 ? column.slice(0, dot) : table);
    return owner && this.columnOf(owner, column.slice(dot + 1));
  }

  /** A column of a table of this catalog, in any letter case. */
  columnOf(table: Table, column: string): Column | undefined {
    let columns = this.#columns.get(table);
    if (columns === undefined) {
      columns = new Map(table.columns.map((entry) => [entry.name.toLowerCase(), entry]));
      this.#columns.set(table, columns);
    }
    return columns.get(column.toLowerCase());
  }

  /** What one live server answered for a name that one would expect to exist. */
  seenAbsent(table: string, column?: string): AbsentName | undefined {
    const name = table.toLowerCase();
    return this.absent.find((entry) => entry.table === name && entry.column === column?.toLowerCase());
  }
}

function readTable(data: TableData): Table {
  let columns: readonly Column[] | undefined;
  return {
    name: data.name,
    kind: data.kind,
    description: data.description,
    key: data.key,
    number: data.number,
    closed: data.closed,
    sources: data.sources,
    availability: 'known',
    columnsReported: false,
    granted: undefined,
    coreTable: undefined,
    area: undefined,
    refusal: undefined,
    get columns() {
      columns ??= Object.entries(data.columns).map(([name, text]) => readColumn(name, text));
      return columns;
    },
  };
}

/** Reads `string?[String 60]!: Description` (see TableData). */
export function readColumn(name: string, text: string): Column {
  const parts = /^(\w+)(\?)?(?:\[([^\]]*)\])?(!)?(?:: (.*))?$/s.exec(text);
  return {
    name,
    type: parts?.[1] as ColumnType | undefined,
    typeInferred: parts?.[2] !== undefined,
    nativeType: parts?.[3],
    secret: parts?.[4] !== undefined,
    description: parts?.[5] ?? '',
    access: undefined,
    readable: undefined,
    availability: 'known',
  };
}
