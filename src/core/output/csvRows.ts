import type { ColumnChoice } from './columnChoice.ts';
import type { ColumnSet } from './columns.ts';
import { csvCell } from './csvCell.ts';
import { GrowingBytes } from './growingBytes.ts';
import { COMMA, QUOTE } from './jsonBytes.ts';
import type { RecordBatch } from './recordBatch.ts';
import { CellKind, parseString, RecordReader } from './recordReader.ts';

const SPACE = 0x20;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** The header line, with CRLF. */
export function csvHeader(names: readonly string[]): string {
  return `${names.map((name) => csvCell(name, false)).join(',')}\r\n`;
}

/** Writes records as CSV rows (RFC 4180, CRLF) straight from their JSON bytes. */
export class CsvRows {
  readonly #reader: RecordReader;
  readonly #columns: ColumnSet;
  readonly #choice: ColumnChoice | undefined;
  readonly #keepFormulas: boolean;
  readonly #out = new GrowingBytes();

  constructor(columns: ColumnSet, choice: ColumnChoice | undefined, keepFormulas: boolean) {
    this.#columns = columns;
    this.#choice = choice;
    this.#keepFormulas = keepFormulas;
    this.#reader = new RecordReader(columns);
  }

  /**
   * The rows of a batch. New keys join the column set on the way: rows written before are then shorter than those
   * after, see `padCsv`. Throws PS977 for a record that is broken JSON.
   */
  rows(batch: RecordBatch): Uint8Array<ArrayBuffer> {
    const { bytes, ranges, count } = batch;
    for (let i = 0; i < count; i++) {
      const start = ranges[2 * i] as number;
      const end = ranges[2 * i + 1] as number;
      this.#reader.read(bytes, start, end);
      if (this.#choice?.bind() === true) this.#reader.read(bytes, start, end);
      this.#row();
    }
    return this.#out.take();
  }

  #row(): void {
    const out = this.#out;
    const before = out.length;
    const slots = this.#choice?.slots;
    const count = slots?.length ?? this.#columns.columns.length;
    for (let i = 0; i < count; i++) {
      if (i > 0) out.byte(COMMA);
      this.#cell(slots === undefined ? i : (slots[i] as number));
    }
    // A row of one empty cell would be an empty line, which readers skip.
    if (out.length === before) out.text('""');
    out.reserve(2);
    out.bytes[out.length++] = 0x0d;
    out.bytes[out.length++] = 0x0a;
  }

  #cell(slot: number): void {
    const { kinds, starts, ends, bytes } = this.#reader;
    const kind = slot < 0 ? CellKind.empty : (kinds[slot] ?? CellKind.empty);
    if (kind === CellKind.empty) return;
    const start = starts[slot] as number;
    const end = ends[slot] as number;
    const out = this.#out;
    if (kind === CellKind.literal) {
      out.copy(bytes, start, end);
    } else if (kind === CellKind.text || kind === CellKind.textWithComma) {
      if (start === end) return;
      if (startsLikeFormula(bytes[start] as number)) this.#text(parseString(bytes, start - 1, end + 1) ?? '');
      else if (kind === CellKind.textWithComma || bytes[start] === SPACE || bytes[end - 1] === SPACE) {
        out.byte(QUOTE);
        out.copy(bytes, start, end);
        out.byte(QUOTE);
      } else out.copy(bytes, start, end);
    } else if (kind === CellKind.escapedText) {
      this.#text(parseString(bytes, start - 1, end + 1) ?? '');
    } else if (kind === CellKind.value) {
      const value = this.#reader.values[slot];
      if (typeof value === 'string') this.#text(value);
      else out.text(csvCell(JSON.stringify(value), true));
    } else this.#json(start, end, kind === CellKind.listOfOne);
  }

  #text(value: string): void {
    this.#out.text(csvCell(value, this.#keepFormulas));
  }

  #json(start: number, end: number, wrap: boolean): void {
    const { bytes } = this.#reader;
    const out = this.#out;
    out.reserve(2 * (end - start) + 4);
    out.byte(QUOTE);
    if (wrap) out.byte(OPEN_ARRAY);
    for (let i = start; i < end; i++) {
      const unit = bytes[i] as number;
      if (unit === QUOTE) out.byte(QUOTE);
      out.byte(unit);
    }
    if (wrap) out.byte(CLOSE_ARRAY);
    out.byte(QUOTE);
  }
}

/** `=`, `+`, `-` and `@`; tab and carriage return come as escapes. */
function startsLikeFormula(unit: number): boolean {
  return unit === 0x3d || unit === 0x2b || unit === 0x2d || unit === 0x40;
}
