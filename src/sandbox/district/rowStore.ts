import type { ChangeLog } from './changeLog.ts';
import type { District, SqlValue } from './district.ts';
import { findColumn, type TableDefinition } from './dictionary.ts';
import { quote } from './tableBuilder.ts';

export type ColumnValues = Readonly<Record<string, SqlValue>>;

/** Writes rows of tables: keys, audit columns and the change log are taken care of here. */
export class RowStore {
  readonly #district: District;
  readonly #log: ChangeLog;
  readonly #now: () => number;

  constructor(district: District, log: ChangeLog, now: () => number) {
    this.#district = district;
    this.#log = log;
    this.#now = now;
  }

  /** A key that no row of the table has. */
  nextKey(table: TableDefinition): number {
    const key = quote(table.primaryKey);
    return this.#district.number(`SELECT ifnull(max(${key}), 0) + 1 FROM ${quote(table.name)}`);
  }

  exists(table: TableDefinition, key: number): boolean {
    const sql = `SELECT 1 FROM ${quote(table.name)} WHERE ${quote(table.primaryKey)} = ?`;
    return this.#district.get(sql, [key]) !== undefined;
  }

  /** Inserts a row; the key is made when `values` has none. Returns the key. */
  insert(table: TableDefinition, values: ColumnValues): number {
    const given = values[table.primaryKey];
    const key = given === undefined || given === null ? this.nextKey(table) : Number(given);
    const row: Record<string, SqlValue> = { ...this.#audit(table, 'created'), ...values, [table.primaryKey]: key };
    // Tables with both numbers: ID is a number of its own.
    if (table.primaryKey !== 'id' && row['id'] === undefined && findColumn(table, 'id') !== undefined) {
      row['id'] = this.#district.number(`SELECT ifnull(max(id), 0) + 1 FROM ${quote(table.name)}`);
    }
    const names = Object.keys(row);
    this.#district.run(
      `INSERT INTO ${quote(table.name)} (${names.map(quote).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      Object.values(row),
    );
    this.#log.note(table.name, key);
    return key;
  }

  /** Changes columns of a row that exists. */
  update(table: TableDefinition, key: number, values: ColumnValues): void {
    const row = { ...this.#audit(table, 'modified'), ...values };
    const names = Object.keys(row).filter((name) => name !== table.primaryKey);
    if (names.length > 0) {
      const set = names.map((name) => `${quote(name)} = ?`).join(', ');
      this.#district.run(`UPDATE ${quote(table.name)} SET ${set} WHERE ${quote(table.primaryKey)} = ?`, [
        ...names.map((name) => row[name] ?? null),
        key,
      ]);
    }
    this.#log.note(table.name, key);
  }

  delete(table: TableDefinition, key: number): void {
    this.#district.run(`DELETE FROM ${quote(table.name)} WHERE ${quote(table.primaryKey)} = ?`, [key]);
    this.#log.note(table.name, key);
  }

  #audit(table: TableDefinition, kind: 'created' | 'modified'): ColumnValues {
    const moment = new Date(this.#now()).toISOString().slice(0, 19).replace('T', ' ');
    const columns: Record<string, SqlValue> = {};
    if (findColumn(table, `who${kind}`) !== undefined) columns[`who${kind}`] = 'API';
    if (findColumn(table, `when${kind}`) !== undefined) columns[`when${kind}`] = moment;
    if (findColumn(table, 'transaction_date') !== undefined) columns['transaction_date'] = moment;
    return columns;
  }
}
