import type { Column } from './columns.ts';

/** Columns by the paths that a catalog names, such as `name.first_name`. */
export function columnsOfPaths(paths: readonly string[]): Column[] {
  return paths.map((name) => ({ name, path: name.split('.') }));
}

/**
 * Columns of rows of the table API, which come as `{"id": 1, "name": "Students", "tables": {"students": {"dcid": "1"}}}`
 * with lower-case names.
 */
export function columnsOfTable(table: string, columns: readonly string[]): Column[] {
  const paths = columns.map((column) => ['tables', table.toLowerCase(), column.toLowerCase()]);
  return [['id'], ['name'], ...paths].map((path) => ({ name: path.join('.'), path }));
}

/**
 * The columns that a `projection` names one by one; undefined when there is none or it asks for all (`*`, `table.*`).
 * `table.column` may stand for `column`.
 */
export function projectedColumns(projection: string | undefined): readonly string[] | undefined {
  const names = (projection ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0 || names.some((name) => name.endsWith('*'))) return undefined;
  return [...new Set(names.map((name) => name.slice(name.lastIndexOf('.') + 1)))];
}
