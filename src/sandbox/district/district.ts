import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Dictionary } from './dictionary.ts';
import type { SchoolYear } from './schoolYear.ts';

/** A whole number goes in as an integer: as a JavaScript number a text column would hold `7.0`. */
export function storedValue(value: SqlValue): SqlValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** One row as SQLite gives it. */
export type Row = Readonly<Record<string, SqlValue>>;
export type SqlValue = string | number | bigint | null | Uint8Array;

/** The district's rows: prepared statements over one SQLite connection, and what all of the API knows about them. */
export class District {
  readonly dictionary: Dictionary;
  readonly schoolYear: SchoolYear;
  /** Path of the database, for another connection to the same rows. */
  readonly databasePath: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #changes = 0;

  constructor(database: DatabaseSync, databasePath: string, dictionary: Dictionary, schoolYear: SchoolYear) {
    this.#database = database;
    this.databasePath = databasePath;
    this.dictionary = dictionary;
    this.schoolYear = schoolYear;
  }

  /** Grows with every write: what was remembered about the rows is stale when it differs. */
  get changes(): number {
    return this.#changes;
  }

  all(sql: string, parameters: readonly SqlValue[] = []): Row[] {
    return this.#prepare(sql).all(...parameters);
  }

  get(sql: string, parameters: readonly SqlValue[] = []): Row | undefined {
    return this.#prepare(sql).get(...parameters);
  }

  /** Rows as lists of values in the order of the columns: much lighter than objects when a table is wide. */
  lists(sql: string, parameters: readonly SqlValue[] = []): readonly (readonly SqlValue[])[] {
    // Not a statement that somebody reads as objects.
    const statement = this.#prepare(`${sql} -- lists`);
    statement.setReturnArrays(true);
    return statement.all(...parameters) as unknown as SqlValue[][];
  }

  /** The first column of the first row as a number; 0 without a row. */
  number(sql: string, parameters: readonly SqlValue[] = []): number {
    const row = this.get(sql, parameters);
    return row === undefined ? 0 : Number(Object.values(row)[0] ?? 0);
  }

  /** Runs a write. */
  run(sql: string, parameters: readonly SqlValue[] = []): void {
    this.#changes++;
    this.#prepare(sql).run(...parameters.map(storedValue));
  }

  /** All writes of `work`, or none. */
  transaction<Result>(work: () => Result): Result {
    this.#database.exec('SAVEPOINT work');
    try {
      const result = work();
      this.#database.exec('RELEASE work');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK TO work; RELEASE work');
      this.#changes++;
      throw error;
    }
  }

  /** Statements without parameters and result, for example those that make a plugin's own tables. */
  execute(sql: string): void {
    this.#changes++;
    this.#database.exec(sql);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      // Texts with many combinations of columns and filters would fill the memory of a long run.
      if (this.#statements.size >= 500) this.#statements.clear();
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
