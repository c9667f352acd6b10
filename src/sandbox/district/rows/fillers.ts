import type { DatabaseSync } from 'node:sqlite';
import type { ColumnDefinition, Dictionary, TableDefinition } from '../dictionary.ts';
import type { SqlValue } from '../district.ts';
import type { SchoolYear } from '../schoolYear.ts';
import { quote, type RowWriter } from '../tableBuilder.ts';

/** Rows a table gets that nothing else fills. */
const FILLER_ROWS = 5;

/**
 * Gives every table that is still empty a few plausible rows, keyed from 1 and joined to the first rows of the tables
 * that its columns point to. What the rows mean is not invented: tables of which only names are known get neutral values.
 */
export function fillEmptyTables(
  database: DatabaseSync,
  writer: RowWriter,
  dictionary: Dictionary,
  year: SchoolYear,
): void {
  for (const table of dictionary.tables) {
    if (table.kind === 'view') continue;
    if (database.prepare(`SELECT 1 FROM ${quote(table.name)} LIMIT 1`).get() !== undefined) continue;
    for (let row = 1; row <= FILLER_ROWS; row++) {
      const values: Record<string, SqlValue> = {};
      for (const column of table.columns) {
        const value = fillerValue(table, column, row, year);
        if (value !== undefined) values[column.name] = value;
      }
      writer.insert(table.name, values);
    }
  }
}

function fillerValue(
  table: TableDefinition,
  column: ColumnDefinition,
  row: number,
  year: SchoolYear,
): SqlValue | undefined {
  const { name } = column;
  if (name === table.primaryKey || name === 'id' || name === 'dcid') return row;
  if (name === 'schoolid') return 120;
  if (name === 'yearid' || name === 'year_id') return year.yearId;
  if (name === 'termid') return year.yearId * 100;
  if (name === 'teacherid') return 1;
  if (name.startsWith('is') && column.type === 'integer') return row % 2;
  if (column.type === 'integer') return name.endsWith('id') ? ((row - 1) % FILLER_ROWS) + 1 : row;
  if (column.type === 'number') return row;
  if (column.type === 'date') return year.firstDay;
  if (column.type === 'datetime') return `${year.firstDay} 08:00:00`;
  return column.type === 'string' ? stringFiller(name, row) : undefined;
}

function stringFiller(name: string, row: number): string | undefined {
  if (name === 'name' || name === 'description') return `Sample ${row}`;
  if (name === 'whocreated' || name === 'whomodified') return 'sandbox';
  if (/email/.test(name)) return `sample${row}@alderbrook.example`;
  if (/firstname/.test(name)) return 'Sam';
  if (/lastname/.test(name)) return 'Sample';
  return undefined;
}
