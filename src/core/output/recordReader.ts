import { explain } from '../problem/explainedError.ts';
import { type ColumnNode, type ColumnSet, VALUE_KEY } from './columns.ts';
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  compactJson,
  endOfString,
  endOfValue,
  OPEN_ARRAY,
  OPEN_OBJECT,
  parseKeepingNumbers,
  QUOTE,
} from './jsonBytes.ts';
import { OUTPUT_PROBLEMS } from './outputProblems.ts';
import { EXTENSION_DATA, extensionValues } from './recordShape.ts';

/** What a slot holds after a record was read. */
export const CellKind = {
  /** The key is missing or null. */
  empty: 0,
  /** A number, true or false, as it stands. */
  literal: 1,
  /** The inside of a string without escapes and commas. */
  text: 2,
  /** The inside of a string without escapes, with a comma. */
  textWithComma: 3,
  /** The inside of a string with escapes. */
  escapedText: 4,
  /** An array or object. */
  json: 5,
  /** An object that stands for a list of one. */
  listOfOne: 6,
  /** A value that had to be parsed: see `values`. */
  value: 7,
} as const;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Finds the columns of a record in its JSON bytes without building the record: the slots say where each value
 * starts and ends. The order of keys is guessed from the columns, so a usual record costs one look at each byte.
 */
export class RecordReader {
  readonly #columns: ColumnSet;
  kinds = new Uint8Array(0);
  starts = new Uint32Array(0);
  ends = new Uint32Array(0);
  values: unknown[] = [];
  /** What `starts` and `ends` point into. */
  bytes: Uint8Array = new Uint8Array(0);
  #unknownKey = false;
  #at = 0;

  constructor(columns: ColumnSet) {
    this.#columns = columns;
  }

  /**
   * Reads one record, compact JSON at `start` to `end`. Keys without a column are taken into the column set first.
   * Throws PS977 when the JSON is broken.
   */
  read(bytes: Uint8Array, start: number, end: number): void {
    if (this.#tryRead(bytes, start, end) && !this.#unknownKey) return;
    let record: unknown;
    try {
      record = JSON.parse(decoder.decode(bytes.subarray(start, end)));
    } catch (error) {
      throw explain(OUTPUT_PROBLEMS, 'PS977', [error instanceof Error ? error.message : String(error)]);
    }
    this.#columns.discover(record);
    this.#columns.settle();
    if (this.#tryRead(bytes, start, end)) return;
    // White space between the tokens, or no object at all.
    const compact = compactJson(bytes.subarray(start, end));
    if (!this.#tryRead(compact, 0, compact.length)) this.#fillFromValue(record);
  }

  #tryRead(bytes: Uint8Array, start: number, end: number): boolean {
    const count = this.#columns.columns.length;
    if (this.kinds.length !== count) {
      this.kinds = new Uint8Array(count);
      this.starts = new Uint32Array(count);
      this.ends = new Uint32Array(count);
      this.values = [];
    } else this.kinds.fill(0);
    this.bytes = bytes;
    this.#unknownKey = false;
    return bytes[start] === OPEN_OBJECT && this.#readObject(this.#columns.root, start) === end;
  }

  /** Index after the object at `start`, or -1 when this is no compact JSON. */
  #readObject(node: ColumnNode, start: number): number {
    const bytes = this.bytes;
    let i = start + 1;
    if (bytes[i] === CLOSE_OBJECT) return i + 1;
    let expected = 0;
    for (;;) {
      if (bytes[i] !== QUOTE) return -1;
      let index = this.#find(node.children, expected, i);
      if (index < 0 && expected > 0) index = this.#find(node.children, 0, i);
      expected = index + 1;
      const child = index < 0 ? this.#lookUp(node, i) : node.children[index];
      i = this.#at;
      if (i < 0 || bytes[i] !== COLON) return -1;
      i++;
      if (child === undefined) {
        this.#unknownKey ||= bytes[i] !== OPEN_OBJECT || bytes[i + 1] !== CLOSE_OBJECT;
        i = endOfValue(bytes, i);
      } else i = this.#readValue(child, i);
      if (i < 0) return -1;
      const separator = bytes[i++];
      if (separator === CLOSE_OBJECT) return i;
      if (separator !== COMMA) return -1;
    }
  }

  #find(children: readonly ColumnNode[], from: number, at: number): number {
    for (let i = from; i < children.length; i++) {
      if (this.#keyIs(children[i] as ColumnNode, at)) return i;
    }
    return -1;
  }

  #keyIs(node: ColumnNode, start: number): boolean {
    const { keyBytes } = node;
    const bytes = this.bytes;
    for (let k = 1; k < keyBytes.length; k++) {
      if (bytes[start + k] !== keyBytes[k]) return false;
    }
    this.#at = start + keyBytes.length;
    return true;
  }

  #lookUp(node: ColumnNode, start: number): ColumnNode | undefined {
    this.#at = endOfString(this.bytes, start);
    if (this.#at < 0) return undefined;
    const key = parseString(this.bytes, start, this.#at);
    return key === undefined ? undefined : node.byKey.get(key);
  }

  #readValue(node: ColumnNode, start: number): number {
    const first = this.bytes[start];
    if (first === QUOTE) return this.#readString(node, start);
    if (first === OPEN_OBJECT || first === OPEN_ARRAY) return this.#readNested(node, start, first);
    const bytes = this.bytes;
    let end = start;
    for (; end < bytes.length; end++) {
      const unit = bytes[end];
      if (unit === COMMA || unit === CLOSE_OBJECT || unit === CLOSE_ARRAY) break;
    }
    if (first !== 0x6e /* null */) this.#fill(node, CellKind.literal, start, end);
    return end;
  }

  #readString(node: ColumnNode, start: number): number {
    const bytes = this.bytes;
    const length = bytes.length;
    let kind: number = CellKind.text;
    for (let i = start + 1; i < length; i++) {
      const unit = bytes[i];
      if (unit === QUOTE) {
        // An empty expansion is "" where others have an object.
        if (i > start + 1 || node.slot >= 0) this.#fill(node, kind, start + 1, i);
        else if (node.children.length === 0) this.#unknownKey = true;
        return i + 1;
      }
      if (unit === COMMA) {
        if (kind === CellKind.text) kind = CellKind.textWithComma;
      } else if (unit === BACKSLASH) {
        kind = CellKind.escapedText;
        i++;
      }
    }
    return -1;
  }

  #readNested(node: ColumnNode, start: number, first: number): number {
    if (first === OPEN_ARRAY) {
      const end = endOfValue(this.bytes, start);
      this.#fill(node, CellKind.json, start, end);
      return end;
    }
    if (node.key === EXTENSION_DATA) {
      const end = endOfValue(this.bytes, start);
      if (end < 0) return -1;
      if (node.whole) this.#fill(node, CellKind.json, start, end);
      return this.#readExtensions(node, start, end) ? end : this.#readObject(node, start);
    }
    if (!node.json && !node.whole) return this.#readObject(node, start);
    const isListed = node.json && node.children.length === 0;
    const end = isListed ? endOfValue(this.bytes, start) : this.#readObject(node, start);
    this.#fill(node, isListed ? CellKind.listOfOne : CellKind.json, start, end);
    return end;
  }

  #readExtensions(node: ColumnNode, start: number, end: number): boolean {
    let data: unknown;
    try {
      data = parseKeepingNumbers(decoder.decode(this.bytes.subarray(start, end)));
    } catch {
      return false;
    }
    const tables = extensionValues(data);
    if (tables === undefined) return false;
    for (const [name, fields] of Object.entries(tables)) {
      const table = node.byKey.get(name);
      if (table?.whole === true) this.#fillValue(table, fields);
      for (const [key, value] of Object.entries(fields)) {
        const field = table?.byKey.get(key);
        if (field !== undefined && field.slot >= 0) this.#fillValue(field, value);
        else this.#unknownKey = true;
      }
    }
    return true;
  }

  /** For a record that is no object. */
  #fillFromValue(record: unknown): void {
    const node = this.#columns.root.byKey.get(VALUE_KEY);
    if (node !== undefined && node.slot >= 0) this.#fillValue(node, record);
  }

  #fillValue(node: ColumnNode, value: unknown): void {
    if (value === null || value === undefined) return;
    this.kinds[node.slot] = CellKind.value;
    this.values[node.slot] = value;
  }

  #fill(node: ColumnNode, kind: number, start: number, end: number): void {
    const { slot } = node;
    if (slot < 0) {
      this.#unknownKey = true;
      return;
    }
    this.kinds[slot] = kind;
    this.starts[slot] = start;
    this.ends[slot] = end;
  }
}

/** The string whose quotes are at `start` and `end` - 1, or undefined when its escapes are broken. */
export function parseString(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes.subarray(start, end)));
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
