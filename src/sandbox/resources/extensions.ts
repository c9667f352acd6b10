import type { District, Row, SqlValue } from '../district/district.ts';
import type { TableDefinition } from '../district/dictionary.ts';
import { quote } from '../district/tableBuilder.ts';
import type { Element } from '../wire/element.ts';

/** The value of `@extensions`: joined by comma, no space. */
export function extensionsAttribute(district: District, table: string): string {
  return district.dictionary
    .extensionsOf(table)
    .map((extension) => extension.name)
    .join(',');
}

/**
 * `_extension_data` of the records with these keys, for the one-to-one tables asked for. Unknown names are ignored;
 * without a known one there is none.
 */
export function extensionData(
  district: District,
  table: string,
  asked: ReadonlySet<string>,
  keys: readonly number[],
): ReadonlyMap<number, Element> {
  const extensions = district.dictionary.extensionsOf(table).filter((extension) => asked.has(extension.name));
  const result = new Map<number, Element>();
  if (extensions.length === 0) return result;
  const rows = extensions.map((extension) => rowsByKey(district, extension, keys));
  for (const key of keys) {
    result.set(key, {
      _table_extension: extensions.map((extension, index) => tableExtension(extension, rows[index]?.get(key))),
    });
  }
  return result;
}

function rowsByKey(district: District, extension: TableDefinition, keys: readonly number[]): ReadonlyMap<number, Row> {
  const key = extension.primaryKey;
  const rows = district.all(
    `SELECT * FROM ${quote(extension.name)} WHERE ${quote(key)} IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(keys)],
  );
  return new Map(rows.map((row) => [Number(row[key]), row]));
}

function tableExtension(extension: TableDefinition, row: Row | undefined): Element {
  if (row === undefined) return { recordFound: false, name: extension.name };
  const fields = extension.columns
    .filter((column) => column.name !== extension.primaryKey && hasValue(row[column.name]))
    .map((column) => ({ name: column.name, type: 'String', value: String(row[column.name]) }));
  return { recordFound: true, _field: fields, name: extension.name };
}

function hasValue(value: SqlValue | undefined): boolean {
  return value !== null && value !== undefined && value !== '';
}
