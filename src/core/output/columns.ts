import { EXTENSION_DATA, extensionValues, isObject, REPEATED_KEYS } from './recordShape.ts';

/** One column of the table that nested records make: a path of keys, written with dots in the header. */
export interface Column {
  readonly name: string;
  readonly path: readonly string[];
}

/** One key of the records. A node with a slot is a column, one with children an object; a few are both. */
export interface ColumnNode {
  readonly key: string;
  /** The key as it usually stands in JSON, with both quotes. */
  readonly keyBytes: Uint8Array;
  readonly children: ColumnNode[];
  readonly byKey: Map<string, ColumnNode>;
  /** Index of the column, or -1. */
  slot: number;
  /** An object here is shown as JSON text instead of as columns of its own. */
  json: boolean;
}

/** The name of the column for records that are no objects, such as plain numbers. */
export const VALUE_KEY = 'value';

/** The columns of one table. They grow while records are looked at, in the order of their first appearance. */
export class ColumnSet {
  readonly root: ColumnNode = newNode('');
  readonly #columns: Column[] = [];
  /** Paths that so far held only an empty string or null: PowerSchool writes an empty expansion that way. */
  readonly #emptyPaths = new Map<string, readonly string[]>();

  /** @param known columns that are known before the first record, from the catalog, a projection or a state file. */
  constructor(known: readonly Column[] = []) {
    for (const column of known) this.#add(column.path, column.name);
  }

  get columns(): readonly Column[] {
    return this.#columns;
  }

  /** Takes in the keys of one record. */
  discover(record: unknown): void {
    if (isObject(record)) this.#discoverObject(this.root, record, []);
    else this.#add([VALUE_KEY]);
  }

  /** Ends a look at records: what was empty everywhere becomes a column unless other columns lie below it. */
  settle(): void {
    for (const path of this.#emptyPaths.values()) {
      if ((this.#find(path)?.children.length ?? 0) === 0) this.#add(path);
    }
    this.#emptyPaths.clear();
  }

  /** Makes a column of an object that was split into its parts; its cells are JSON. Undefined when there is none. */
  addWhole(path: readonly string[]): Column | undefined {
    const found = this.#find(path);
    if (found === undefined || found.children.length === 0) return undefined;
    this.#add(path);
    found.json = true;
    return this.#columns[found.slot];
  }

  #discoverObject(parent: ColumnNode, value: Record<string, unknown>, path: readonly string[]): void {
    for (const [key, inner] of Object.entries(value)) {
      const here = [...path, key];
      const known = parent.byKey.get(key);
      const extensions = key === EXTENSION_DATA ? extensionValues(inner) : undefined;
      if (extensions !== undefined) {
        this.#discoverObject(child(parent, key), extensions, here);
      } else if (isObject(inner) && known?.json !== true && !REPEATED_KEYS.has(key)) {
        this.#discoverObject(child(parent, key), inner, here);
      } else if (inner === '' || inner === null || inner === undefined) {
        const taken = known !== undefined && (known.slot >= 0 || known.children.length > 0);
        if (!taken) this.#emptyPaths.set(here.join('\u0000'), here);
      } else {
        this.#add(here);
      }
    }
  }

  #add(path: readonly string[], name = path.join('.')): void {
    let found = this.root;
    for (const key of path) found = child(found, key);
    if (found.slot >= 0) return;
    found.slot = this.#columns.length;
    this.#columns.push({ name, path });
  }

  #find(path: readonly string[]): ColumnNode | undefined {
    let current: ColumnNode | undefined = this.root;
    for (const key of path) current = current?.byKey.get(key);
    return current;
  }
}

function child(parent: ColumnNode, key: string): ColumnNode {
  let found = parent.byKey.get(key);
  if (found === undefined) {
    found = newNode(key);
    parent.byKey.set(key, found);
    parent.children.push(found);
  }
  return found;
}

function newNode(key: string): ColumnNode {
  return {
    key,
    keyBytes: Buffer.from(JSON.stringify(key), 'utf8'),
    children: [],
    byKey: new Map(),
    slot: -1,
    json: REPEATED_KEYS.has(key),
  };
}
