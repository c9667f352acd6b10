import type { Table, TableCatalog } from '../../catalog/tables.ts';

/** Tables that districts (U_) and states (S_) add: they differ between servers, so nothing can be said about them. */
export function isExtensionTable(table: string): boolean {
  return /^[us]_/i.test(table.trim());
}

/** Views start with PS_ or PT_. */
export function isView(table: string): boolean {
  return /^p[st]_/i.test(table.trim());
}

/** What the catalog says about a name: known, likely a slip of the pen, or just not known. */
export type NameCheck = { readonly kind: 'known' } | UnknownName;

export interface UnknownName {
  readonly kind: 'table' | 'column';
  readonly nearest: string | undefined;
  /** A server told all columns of the table, and this is none of them. */
  readonly certain: boolean;
}

const KNOWN: NameCheck = { kind: 'known' };

/** In a file with more unknown names than this, no further ones are compared with all that are known. */
const COMPARED = 500;

/**
 * Compares the names of one file with the catalog. Made anew for each file. A file may have a hundred thousand names,
 * most of them known and with the table of the one before: those cost one look-up.
 */
export class NameChecker {
  readonly #tables: TableCatalog;
  readonly #unknown = new Map<string, NameCheck>();
  readonly #names = new Map<Table | undefined, readonly string[]>();
  #compared = 0;
  #written: string | undefined;
  /** What `#written` stands for; `any`: nothing can be said about its columns. */
  #table: Table | 'any' | undefined;

  constructor(tables: TableCatalog) {
    this.#tables = tables;
  }

  /** Extension tables and names with characters of templates are always `known`. */
  check(table: string, column: string): NameCheck {
    if (table !== this.#written) {
      this.#written = table;
      this.#table = this.#find(table.trim());
    }
    const known = this.#table;
    if (known === 'any' || (known !== undefined && this.#isKnown(known, column.trim()))) return KNOWN;
    const key = `${table}.${column}`;
    let check = this.#unknown.get(key);
    if (check === undefined) {
      const name = table.trim();
      check =
        known === undefined
          ? { kind: 'table', certain: false, nearest: isView(name) ? undefined : this.#nearest(name, undefined) }
          : { kind: 'column', certain: known.columnsReported, nearest: this.#nearest(column.trim(), known) };
      this.#unknown.set(key, check);
    }
    return check;
  }

  #find(table: string): Table | 'any' | undefined {
    return table === '' || isExtensionTable(table) || /[^\w$#]/.test(table) ? 'any' : this.#tables.table(table);
  }

  #isKnown(table: Table, column: string): boolean {
    const found = this.#tables.columnOf(table, column);
    if (found !== undefined && !(table.columnsReported && found.availability === 'notReported')) return true;
    // dcid and id stand in nearly every table
    if (column === '' || /^(?:dcid|id)$/i.test(column) || /[^\w$#]/.test(column)) return true;
    // a table without columns in the catalog is known by name only; that of a closed one was never shown by a server
    return !table.columnsReported && (table.columns.length === 0 || table.closed !== undefined);
  }

  /** A name that is one letter off: the known names are not all there are, so more would be guessing. */
  #nearest(written: string, table: Table | undefined): string | undefined {
    // STUDENTS1 and ADDRESS2 are other names, not slips
    if (written.length < 5 || /\d/.test(written) || ++this.#compared > COMPARED) return undefined;
    const name = written.toLowerCase();
    return this.#namesOf(table).find((candidate) => !/\d/.test(candidate) && isOneSlip(candidate.toLowerCase(), name));
  }

  #namesOf(table: Table | undefined): readonly string[] {
    let names = this.#names.get(table);
    if (names === undefined) {
      const known = table === undefined ? this.#tables.tables : table.columns;
      names = known.filter(({ availability }) => availability !== 'notReported').map(({ name }) => name);
      this.#names.set(table, names);
    }
    return names;
  }
}

/** One letter more, less or other, or two neighbours swapped. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++;
  const left = Math.max(a.length, b.length) - start - end;
  return left <= 1 || (left === 2 && a.length === b.length && a[start] === b[start + 1] && a[start + 1] === b[start]);
}
