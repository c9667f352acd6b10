import type { SqlValue } from '../district/district.ts';
import { findColumn, type Dictionary, type TableDefinition } from '../district/dictionary.ts';
import type { RowStore } from '../district/rowStore.ts';
import { readColumnText } from './columnValue.ts';
import { invalid, type FieldError } from './studentRow.ts';
import { objectAt } from './tableWrites.ts';

/** One extension row to write with a student. */
export interface ExtensionWrite {
  readonly table: TableDefinition;
  readonly values: Readonly<Record<string, SqlValue>>;
}

/**
 * Reads `_extension_data` in the shape in which reading gives it. Seen in working clients and accepted: one table or
 * field as an object instead of a list, no `type`, no `recordFound`.
 */
export function readExtensions(
  student: Readonly<Record<string, unknown>>,
  dictionary: Dictionary,
): { readonly writes: readonly ExtensionWrite[]; readonly errors: readonly FieldError[] } {
  const writes: ExtensionWrite[] = [];
  const errors: FieldError[] = [];
  for (const extension of listOf(objectAt(student, '_extension_data')?.['_table_extension'])) {
    const name = textAt(extension, 'name').toLowerCase();
    const path = `_extension_data/${name}`;
    const table = dictionary.extensionsOf('students').find((candidate) => candidate.name === name);
    if (table === undefined) {
      errors.push(invalid(path, 'There is no such extension'));
      continue;
    }
    const values: Record<string, SqlValue> = {};
    for (const field of listOf((extension as Readonly<Record<string, unknown>>)['_field'])) {
      const fieldName = textAt(field, 'name');
      const column = findColumn(table, fieldName);
      if (column === undefined || column.name === table.primaryKey) {
        errors.push(invalid(`${path}/${fieldName}`, 'There is no such field'));
        continue;
      }
      const read = readColumnText(column, textAt(field, 'value'));
      if ('error' in read) errors.push(invalid(`${path}/${fieldName}`, read.error));
      else values[column.name] = read.value;
    }
    writes.push({ table, values });
  }
  return { writes, errors };
}

/** Inserts or changes the row of this student. */
export function writeExtension(rows: RowStore, write: ExtensionWrite, student: number): void {
  if (rows.exists(write.table, student)) rows.update(write.table, student, write.values);
  else rows.insert(write.table, { ...write.values, [write.table.primaryKey]: student });
}

/** A list, or the one thing that stands for a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

function textAt(value: unknown, name: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const member = (value as Readonly<Record<string, unknown>>)[name];
  if (typeof member === 'string') return member;
  return typeof member === 'number' || typeof member === 'boolean' ? String(member) : '';
}
