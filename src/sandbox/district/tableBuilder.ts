import type { DatabaseSync } from 'node:sqlite';
import type { ColumnType, Dictionary, TableDefinition } from './dictionary.ts';
import { storedValue, type SqlValue } from './district.ts';

/** SQLite's declared types: text affinity for dates, and a name by which another reader can tell a date from a text. */
const DECLARED_TYPE: Readonly<Record<ColumnType, string>> = {
  integer: 'INTEGER',
  number: 'NUMBER',
  string: 'TEXT',
  date: 'DATE_TEXT',
  datetime: 'DATETIME_TEXT',
  clob: 'CLOB',
  binary: 'TEXT',
};

/** Makes every table of the dictionary that is not a view. */
export function createTables(database: DatabaseSync, dictionary: Dictionary): void {
  for (const table of dictionary.tables) {
    if (table.kind !== 'view') database.exec(createTableSql(table));
  }
}

export function createTableSql(table: TableDefinition): string {
  const columns = table.columns.map((column) =>
    column.name === table.primaryKey
      ? `${quote(column.name)} INTEGER PRIMARY KEY`
      : `${quote(column.name)} ${DECLARED_TYPE[column.type]}`,
  );
  return `CREATE TABLE ${quote(table.name)} (${columns.join(', ')})`;
}

/** A name in SQL: `end` and other words of the language are column names of PowerSchool too. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export type Values = Readonly<Record<string, SqlValue>>;

/** Inserts rows of objects, one prepared statement for each set of columns. */
export class RowWriter {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  insert(table: string, values: Values): void {
    const names = Object.keys(values);
    const signature = `${table}(${names.join(',')})`;
    let statement = this.#statements.get(signature);
    if (statement === undefined) {
      const marks = names.map(() => '?').join(',');
      statement = this.#database.prepare(
        `INSERT INTO ${quote(table)} (${names.map(quote).join(',')}) VALUES (${marks})`,
      );
      this.#statements.set(signature, statement);
    }
    statement.run(...Object.values(values).map(storedValue));
  }
}
