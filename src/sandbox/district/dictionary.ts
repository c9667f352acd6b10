import { DISTRICT_TABLES, canonicalColumnName, canonicalTableName } from './tableNames.ts';

/** What a table is to the API: a core table, or one of the three kinds of extended schema tables. */
export type TableKind = 'core' | 'oneToOne' | 'child' | 'standalone' | 'view';

export type ColumnType = 'integer' | 'number' | 'string' | 'date' | 'datetime' | 'clob' | 'binary';

export interface ColumnDefinition {
  /** Lower case, as in answers and in SQL. */
  readonly name: string;
  /** As the data dictionary spells it, for example `SchoolID`. */
  readonly displayName: string;
  readonly type: ColumnType;
  readonly description: string | undefined;
  /** Longest text in characters, where the dictionary tells it. */
  readonly maxLength: number | undefined;
}

export interface TableDefinition {
  /** Lower case, as in paths, answers and SQL. */
  readonly name: string;
  /** As the data dictionary spells it, for example `StoredGrades`. */
  readonly displayName: string;
  readonly kind: TableKind;
  /** The column whose value is the `id` of a record. */
  readonly primaryKey: string;
  /** Lower-case name of the table that a one-to-one or child table extends. */
  readonly parent: string | undefined;
  /** Lower-case name of the column that points to the parent. */
  readonly parentKey: string | undefined;
  readonly columns: readonly ColumnDefinition[];
  readonly description: string;
}

/** A row of the table catalogue, as `core/catalog` has it and as the sandbox's own tables are written. */
export interface TableSource {
  readonly name: string;
  readonly description: string;
  readonly kind: string;
  readonly primaryKey?: string | undefined;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly description?: string | undefined;
    /** As the dictionary has it, such as `String 60`. */
    readonly nativeType?: string | undefined;
  }[];
}

/** Every table of the sandbox district by its lower-case name. */
export class Dictionary {
  readonly #tables = new Map<string, TableDefinition>();

  constructor(tables: Iterable<TableDefinition>) {
    for (const table of tables) this.#tables.set(table.name, table);
  }

  get tables(): readonly TableDefinition[] {
    return [...this.#tables.values()];
  }

  /** Any case. */
  table(name: string): TableDefinition | undefined {
    return this.#tables.get(name.toLowerCase());
  }

  /** A table that the district has for certain; missing is a fault of the sandbox. */
  required(name: string): TableDefinition {
    const table = this.table(name);
    if (table === undefined) throw new Error(`The sandbox district has no table ${name}`);
    return table;
  }

  add(table: TableDefinition): void {
    this.#tables.set(table.name, table);
  }

  /** The one-to-one extension tables of a table, in the order of the dictionary. */
  extensionsOf(parent: string): readonly TableDefinition[] {
    return this.tables.filter((table) => table.kind === 'oneToOne' && table.parent === parent);
  }
}

/** A column of a table, any case. */
export function findColumn(table: TableDefinition, name: string): ColumnDefinition | undefined {
  const wanted = name.toLowerCase();
  return table.columns.find((column) => column.name === wanted);
}

/**
 * The tables of the catalogue plus the ones that this invented district made for itself.
 * Input order is kept, the district's own one-to-one tables follow `s_stu_x`.
 */
export function createDictionary(sources: readonly TableSource[]): Dictionary {
  return new Dictionary([...sources, ...DISTRICT_TABLES].map(defineTable));
}

/** Turns a catalogue row into a definition: fills in the primary key and the parent. */
export function defineTable(source: TableSource): TableDefinition {
  const name = source.name.toLowerCase();
  const columns = source.columns.map((column) => ({
    name: column.name.toLowerCase(),
    displayName: canonicalColumnName(column.name),
    type: columnType(column.type),
    description: column.description,
    maxLength: maxLength(column.nativeType),
  }));
  const parentKey = parentKeyOf(source, columns);
  const primaryKey = source.primaryKey?.toLowerCase() ?? guessPrimaryKey(name, columns);
  if (!columns.some((column) => column.name === primaryKey)) {
    columns.unshift({
      name: primaryKey,
      displayName: 'ID',
      type: 'integer',
      description: undefined,
      maxLength: undefined,
    });
  }
  return {
    name,
    displayName: canonicalTableName(source.name),
    kind: tableKind(source, parentKey, primaryKey),
    primaryKey,
    parent: parentKey === undefined ? undefined : PARENT_OF_KEY[parentKey],
    parentKey,
    columns,
    description: source.description,
  };
}

/** Key columns of extension tables and the tables they point to. */
const PARENT_OF_KEY: Readonly<Record<string, string>> = {
  studentsdcid: 'students',
  coursesdcid: 'courses',
  sectionsdcid: 'sections',
  schoolsdcid: 'schools',
  usersdcid: 'users',
  schoolstaffdcid: 'schoolstaff',
  ccdcid: 'cc',
  termsdcid: 'terms',
};

function parentKeyOf(source: TableSource, columns: readonly { name: string }[]): string | undefined {
  if (source.kind === 'core' || source.kind === 'view') return undefined;
  return columns.find((column) => column.name in PARENT_OF_KEY)?.name;
}

function tableKind(source: TableSource, parentKey: string | undefined, primaryKey: string): TableKind {
  if (source.kind === 'core') return 'core';
  if (source.kind === 'view') return 'view';
  if (parentKey === undefined) return 'standalone';
  return parentKey === primaryKey ? 'oneToOne' : 'child';
}

function guessPrimaryKey(table: string, columns: readonly { name: string }[]): string {
  const names = new Set(columns.map((column) => column.name));
  if (names.has('dcid')) return 'dcid';
  if (names.has(`${table}id`)) return `${table}id`;
  if (table.startsWith('access')) return table === 'accessstudent' ? 'studentsdcid' : 'teachersdcid';
  if (table === 'pgassignments') return 'assignmentid';
  return 'id';
}

function columnType(type: string): ColumnType {
  switch (type) {
    case 'integer':
    case 'number':
    case 'date':
    case 'datetime':
    case 'clob':
    case 'binary':
      return type;
    default:
      return 'string';
  }
}

function maxLength(nativeType: string | undefined): number | undefined {
  const length = /^String (\d+)$/i.exec(nativeType ?? '')?.[1];
  return length === undefined ? undefined : Number(length);
}
