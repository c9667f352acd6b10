import type { Row } from './district.ts';

/** A cell as text; undefined when it is null or empty. */
export function textOf(row: Row, column: string): string | undefined {
  const value = row[column];
  return value === null || value === undefined || value === '' ? undefined : String(value);
}

/** A cell as a number; undefined when it is null or empty. */
export function numberOf(row: Row, column: string): number | undefined {
  const value = row[column];
  return value === null || value === undefined || value === '' ? undefined : Number(value);
}

/** A cell that must be there, such as a key. */
export function keyOf(row: Row, column: string): number {
  return Number(row[column]);
}
