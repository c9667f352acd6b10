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
  /** What records held here: nothing yet, only empty strings and nulls, or values that need a column. */
  seen: 'empty' | 'value' | undefined;
  /** An object here is shown as JSON text instead of as columns of its own. */
  readonly json: boolean;
  /** An object here is shown as JSON text, beside the columns that it has. */
  whole: boolean;
}

/** The name of the column for records that are no objects, such as plain numbers. */
export const VALUE_KEY = 'value';

/** The columns of one table. They grow while records are looked at; those that are there keep their places. */
export class ColumnSet {
  readonly root: ColumnNode = newNode('');
  readonly #columns: Column[] = [];

  /** @param known columns that are known before the first record, from the catalog, a projection or a state file. */
  constructor(known: readonly Column[] = []) {
    for (const { path, name } of known) {
      let node = this.root;
      for (const key of path) node = child(node, key);
      this.#place(node, path, name);
    }
  }

  get columns(): readonly Column[] {
    return this.#columns;
  }

  /** Takes in the keys of one record. They become columns when the look at records is settled. */
  discover(record: unknown): void {
    if (isObject(record)) discoverObject(this.root, record);
    else child(this.root, VALUE_KEY).seen = 'value';
  }

  /** Ends a look at records: new keys become columns, in the order in which objects hold them. */
  settle(): void {
    this.#settleBelow(this.root, []);
  }

  /**
   * Makes a column of what is there already, an object that was split into its parts too: its cells are JSON wherever a
   * record has an object there. Undefined when no record had the path.
   */
  addWhole(path: readonly string[]): Column | undefined {
    const node = this.#nodeAt(path);
    if (node === undefined) return undefined;
    node.whole = true;
    this.#place(node, path);
    return this.#columns[node.slot];
  }

  /** Whether a record had something at a path. */
  holds(path: readonly string[]): boolean {
    return this.#nodeAt(path) !== undefined;
  }

  #nodeAt(path: readonly string[]): ColumnNode | undefined {
    let node: ColumnNode | undefined = this.root;
    for (const key of path) node = node?.byKey.get(key);
    return node !== undefined && (node.slot >= 0 || node.children.length > 0) ? node : undefined;
  }

  #settleBelow(parent: ColumnNode, path: readonly string[]): void {
    for (const node of parent.children) {
      const here = [...path, node.key];
      // An empty expansion is "" where others have an object: that is no column beside those of the object.
      if (node.seen === 'value' || (node.seen === 'empty' && node.children.length === 0)) this.#place(node, here);
      if (node.children.length > 0) this.#settleBelow(node, here);
    }
  }

  #place(node: ColumnNode, path: readonly string[], name = path.join('.')): void {
    if (node.slot >= 0) return;
    node.slot = this.#columns.length;
    this.#columns.push({ name, path });
  }
}

function discoverObject(parent: ColumnNode, value: Record<string, unknown>): void {
  for (const [key, inner] of Object.entries(value)) {
    const node = child(parent, key);
    const extensions = key === EXTENSION_DATA ? extensionValues(inner) : undefined;
    if (extensions !== undefined) discoverObject(node, extensions);
    else if (isObject(inner) && !node.json) discoverObject(node, inner);
    else if (inner === '' || inner === null || inner === undefined) node.seen ??= 'empty';
    else node.seen = 'value';
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
    seen: undefined,
    json: REPEATED_KEYS.has(key),
    whole: false,
  };
}
