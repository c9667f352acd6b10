import { type Column, ColumnSet } from '../output/columns.ts';
import { CellKind, parseString, RecordReader } from '../output/recordReader.ts';
import type { RecordBatch } from '../output/recordBatch.ts';
import { ExplainedError } from '../problem/explainedError.ts';

/**
 * Gives what may be seen of a value that is not empty: the one door to the page and to the clipboard.
 * @param isText false for a number, list or object, which comes as JSON.
 */
export type CellMask = (column: Column, value: string, isText: boolean) => string;

/** Reads the cells of one record at a time, straight from its bytes. */
export class TableCells {
  readonly #set: ColumnSet;
  readonly #reader: RecordReader;
  #buffer: Buffer = Buffer.alloc(0);
  mask: CellMask | undefined;

  /** @param known columns that are known before the first record is read. */
  constructor(known: readonly Column[] = []) {
    this.#set = new ColumnSet(known);
    this.#reader = new RecordReader(this.#set);
  }

  /** Slots never change; columns that appear later come after these. */
  get columns(): readonly Column[] {
    return this.#set.columns;
  }

  /** Takes in the columns of some records at once, in the order in which objects hold them. */
  discover(records: Iterable<unknown>): void {
    for (const record of records) this.#set.discover(record);
    this.#set.settle();
  }

  /** Goes to a record; one that is broken JSON has no cells. */
  read(batch: RecordBatch, at: number): void {
    const { bytes, ranges } = batch;
    try {
      this.#reader.read(bytes, ranges[2 * at] as number, ranges[2 * at + 1] as number);
    } catch (error) {
      if (!(error instanceof ExplainedError)) throw error;
      this.#reader.kinds.fill(CellKind.empty);
    }
    const source = this.#reader.bytes;
    if (this.#buffer.buffer !== source.buffer || this.#buffer.byteOffset !== source.byteOffset) {
      this.#buffer = Buffer.from(source.buffer, source.byteOffset, source.length);
    }
  }

  kind(slot: number): number {
    return this.#reader.kinds[slot] ?? CellKind.empty;
  }

  /** First byte of a cell that stands in the record as it is; used to tell types. */
  bytes(slot: number): { readonly bytes: Uint8Array; readonly start: number; readonly end: number } {
    return {
      bytes: this.#reader.bytes,
      start: this.#reader.starts[slot] as number,
      end: this.#reader.ends[slot] as number,
    };
  }

  /** The value as text, objects and lists as JSON; null when the key is missing or null. Not masked. */
  raw(slot: number): string | null {
    const kind = this.kind(slot);
    if (kind === CellKind.empty) return null;
    const { starts, ends, values } = this.#reader;
    if (kind === CellKind.value) {
      const value = values[slot];
      return typeof value === 'string' ? value : JSON.stringify(value);
    }
    const start = starts[slot] as number;
    const end = ends[slot] as number;
    if (kind === CellKind.escapedText) return parseString(this.#reader.bytes, start - 1, end + 1) ?? '';
    const text = this.#buffer.toString('utf8', start, end);
    return kind === CellKind.listOfOne ? `[${text}]` : text;
  }

  /** The value as text, as it may be seen. */
  text(slot: number): string | null {
    const raw = this.raw(slot);
    const column = this.columns[slot];
    if (raw === null || raw === '' || this.mask === undefined || column === undefined) return raw;
    return this.mask(column, raw, this.isText(slot));
  }

  /** The value as JSON, as it may be seen. */
  json(slot: number): string {
    const raw = this.raw(slot);
    if (raw === null) return 'null';
    const text = this.text(slot) ?? '';
    return text === raw && !this.isText(slot) ? raw : JSON.stringify(text);
  }

  /** Whether the value is a string, not a number, list or object. */
  isText(slot: number): boolean {
    const kind = this.kind(slot);
    if (kind === CellKind.value) return typeof this.#reader.values[slot] === 'string';
    return kind === CellKind.text || kind === CellKind.textWithComma || kind === CellKind.escapedText;
  }
}
