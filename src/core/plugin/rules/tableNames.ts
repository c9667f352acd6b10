import type { TableCatalog } from '../../catalog/tables.ts';
import { nearestName } from '../schema/nearestName.ts';

/** Tables that districts (U_) and states (S_) add: they differ between servers, so nothing can be said about them. */
export function isExtensionTable(table: string): boolean {
  return /^[us]_/i.test(table.trim());
}

/** Views start with PS_ or PT_. */
export function isView(table: string): boolean {
  return /^p[st]_/i.test(table.trim());
}

/** What the catalog says about a name: known, likely a slip of the pen, or just not known. */
export type NameCheck =
  { readonly kind: 'known' } | { readonly kind: 'table' | 'column'; readonly nearest: string | undefined };

const KNOWN: NameCheck = { kind: 'known' };

/** Compares a table and a column with the catalog. Extension tables and names with templates are always `known`. */
export function checkName(tables: TableCatalog, table: string, column: string): NameCheck {
  const name = table.trim();
  if (name === '' || isExtensionTable(name) || /[^\w$#]/.test(name)) return KNOWN;
  const known = tables.table(name);
  if (known === undefined) {
    const names = tables.tables.map((entry) => entry.name);
    return { kind: 'table', nearest: isView(name) ? undefined : oneSlip(name, names) };
  }
  const field = column.trim();
  // a table without columns in the catalog is known by name only; dcid and id stand in nearly every table
  if (field === '' || field === '*' || known.columns.length === 0 || /^(?:dcid|id)$/i.test(field)) return KNOWN;
  if (/[^\w$#]/.test(field) || tables.column(name, field) !== undefined) return KNOWN;
  return {
    kind: 'column',
    nearest: oneSlip(
      field,
      known.columns.map((entry) => entry.name),
    ),
  };
}

/** Near enough to be a misspelling: the list of known names is not complete, so the distance must be small. */
function oneSlip(name: string, candidates: readonly string[]): string | undefined {
  // STUDENTS1 and ADDRESS2 are other columns, not slips; told before the costly search
  if (name.length < 5 || /\d/.test(name)) return undefined;
  const near = nearestName(name, candidates);
  if (near === undefined || Math.abs(near.length - name.length) > 1) return undefined;
  if (near.replace(/\d/g, '') === name) return undefined;
  return slips(near.toLowerCase(), name.toLowerCase()) <= 1 ? near : undefined;
}

/** Counts from both ends what is equal; what is left in the middle is the slip. */
function slips(a: string, b: string): number {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = Math.max(a.length, b.length) - start - end;
  const swapped = left === 2 && a.length === b.length && a[start] === b[start + 1] && a[start + 1] === b[start];
  return swapped ? 1 : left;
}
