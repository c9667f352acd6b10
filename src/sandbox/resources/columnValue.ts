import type { SqlValue } from '../district/district.ts';
import type { ColumnDefinition } from '../district/dictionary.ts';

export type ReadValue = { readonly value: SqlValue } | { readonly error: string };

/** Text of a write as the value of a column; empty text empties the column. */
export function readColumnText(column: ColumnDefinition, text: string): ReadValue {
  if (text === '') return { value: null };
  if (column.type === 'integer') {
    return /^[+-]?\d{1,15}$/.test(text) ? { value: Number(text) } : { error: 'Value must be an integer' };
  }
  if (column.type === 'number') {
    return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? { value: Number(text) } : { error: 'Value must be a number' };
  }
  if (column.type === 'date') {
    return isDate(text) ? { value: text } : { error: 'Value must be a date (YYYY-MM-DD)' };
  }
  if (column.maxLength !== undefined && [...new Intl.Segmenter().segment(text)].length > column.maxLength) {
    return { error: `Value may not contain more than ${column.maxLength} character(s).` };
  }
  return { value: text };
}

/** A day that exists, as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}
