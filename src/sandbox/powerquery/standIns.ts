import type { DatabaseSync } from 'node:sqlite';
import { editDistance } from '../../core/catalog/nearest.ts';
import type { ColumnUse } from './oracleTranslation.ts';

/** What a query names and the district lacks, or a name that looks like a slip. */
export type StandIns = { readonly assumed: readonly string[] } | { readonly slip: string };

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * The catalogue knows only a part of a real server's tables and columns. What a query reads and the district lacks is
 * there for this connection: an empty table, an empty column. A name next to one that exists is a slip, and refused.
 */
export function addStandIns(
  database: DatabaseSync,
  tables: readonly string[],
  columns: readonly ColumnUse[],
): StandIns {
  const known = new Map(tables.map((table) => [table, columnsOf(database, table)]));
  const missing = new Map<string, Set<string>>();
  const assumed: string[] = [];
  for (const table of tables) {
    if (known.get(table)?.size !== 0) continue;
    const near = nearest(table, tableNames(database));
    if (near !== undefined) return { slip: `the table ${table.toUpperCase()} (is it ${near.toUpperCase()}?)` };
    missing.set(table, new Set());
    assumed.push(`table ${table.toUpperCase()}`);
  }
  for (const use of columns) {
    if (use.tables.some((table) => known.get(table)?.has(use.column))) continue;
    const empty = use.tables.filter((table) => missing.has(table) && known.get(table)?.size === 0);
    const owner =
      empty.length === 0 && use.tables.length === 1 ? use.tables[0] : empty.length === 1 ? empty[0] : undefined;
    if (owner === undefined || missing.get(owner)?.has(use.column) === true) continue;
    const near = nearest(use.column, known.get(owner) ?? []);
    const name = `${owner}.${use.column}`.toUpperCase();
    if (near !== undefined) return { slip: `the column ${name} (is it ${near.toUpperCase()}?)` };
    missing.set(owner, (missing.get(owner) ?? new Set()).add(use.column));
    if (!empty.includes(owner)) assumed.push(`column ${name}`);
  }
  for (const [table, added] of missing) database.exec(standIn(table, known.get(table) ?? new Set(), [...added]));
  return { assumed };
}

function standIn(table: string, known: ReadonlySet<string>, added: readonly string[]): string {
  const name = quoted(table);
  // SQLite has no table without columns.
  if (known.size === 0)
    return `CREATE TEMP TABLE ${name} (${(added.length === 0 ? ['id'] : added).map(quoted).join(', ')})`;
  return `CREATE TEMP VIEW ${name} AS SELECT *, ${added.map((column) => `NULL AS ${quoted(column)}`).join(', ')} FROM main.${name}`;
}

function columnsOf(database: DatabaseSync, table: string): Set<string> {
  const rows = database.prepare(`PRAGMA main.table_info(${quoted(table)})`).all();
  return new Set(rows.map((row) => String(row['name']).toLowerCase()));
}

function tableNames(database: DatabaseSync): string[] {
  const rows = database
    .prepare(`SELECT lower(name) AS name FROM main.sqlite_schema WHERE type IN ('table', 'view')`)
    .all();
  return rows.map((row) => String(row['name']));
}

const bare = (text: string): string => text.replaceAll(/\d/g, '');
/** `u_students` is no slip for `students`. */
const prefix = (text: string): string => /^[a-z]_/.exec(text)?.[0] ?? '';

/** A name that differs by a slip of the keyboard; names that differ by a number only are different things. */
function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const allowed = name.length >= 8 ? 2 : name.length >= 4 ? 1 : 0;
  for (const candidate of candidates) {
    if (prefix(candidate) !== prefix(name) || bare(candidate) === bare(name)) continue;
    if (editDistance(name, candidate) <= allowed) return candidate;
  }
  return undefined;
}
