import { CellKind } from '../output/recordReader.ts';
import type { TableCells } from './tableCells.ts';

export type ColumnType = 'empty' | 'number' | 'date' | 'boolean' | 'list' | 'text';

/** What all records together tell about a column. */
export interface ColumnFacts {
  readonly type: ColumnType;
  /** Records in which it is missing, null or an empty text. */
  readonly empty: number;
}

const NUMBER = 1;
const DATE = 2;
const BOOLEAN = 4;
const LIST = 8;
const TEXT = 16;

const TYPES: ReadonlyMap<number, ColumnType> = new Map([
  [0, 'empty'],
  [NUMBER, 'number'],
  [DATE, 'date'],
  [BOOLEAN, 'boolean'],
  [LIST, 'list'],
]);

const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const POINT = 0x2e;
/** More digits are an identifier: as a number it would be rounded. */
const MOST_DIGITS = 15;

/** Looks at record after record; what it tells grows with them. */
export class FactsCollector {
  #filled: number[] = [];
  #seen: number[] = [];
  #records = 0;

  get records(): number {
    return this.#records;
  }

  /** Takes in the record that the cells are at. */
  add(cells: TableCells): void {
    this.#records++;
    const count = cells.columns.length;
    for (let slot = this.#seen.length; slot < count; slot++) {
      this.#seen.push(0);
      this.#filled.push(0);
    }
    for (let slot = 0; slot < count; slot++) {
      const kind = cells.kind(slot);
      if (kind === CellKind.empty) continue;
      const seen = this.#seen[slot] as number;
      const type = (seen & TEXT) !== 0 ? textOrEmpty(cells, slot, kind) : typeOf(cells, slot, kind);
      if (type === 0) continue;
      this.#filled[slot] = (this.#filled[slot] as number) + 1;
      this.#seen[slot] = seen | type;
    }
  }

  of(slot: number): ColumnFacts {
    return { type: TYPES.get(this.#seen[slot] ?? 0) ?? 'text', empty: this.#records - (this.#filled[slot] ?? 0) };
  }
}

/** For a column that is known to be text: only emptiness is asked for. */
function textOrEmpty(cells: TableCells, slot: number, kind: number): number {
  if (kind === CellKind.value) return cells.raw(slot) === '' ? 0 : TEXT;
  const { start, end } = cells.bytes(slot);
  return start === end ? 0 : TEXT;
}

function typeOf(cells: TableCells, slot: number, kind: number): number {
  if (kind === CellKind.value) return typeOfText(cells.raw(slot) ?? '');
  if (kind === CellKind.json || kind === CellKind.listOfOne) return LIST;
  const { bytes, start, end } = cells.bytes(slot);
  if (kind === CellKind.literal) {
    const first = bytes[start] as number;
    return first === MINUS || (first >= ZERO && first <= NINE) ? NUMBER : BOOLEAN;
  }
  if (start === end) return 0;
  if (kind === CellKind.escapedText) return TEXT;
  return isNumber(bytes, start, end)
    ? NUMBER
    : isDate(bytes, start, end)
      ? DATE
      : isBoolean(bytes, start, end)
        ? BOOLEAN
        : TEXT;
}

function typeOfText(text: string): number {
  const bytes = Buffer.from(text, 'utf8');
  if (text === '') return 0;
  if (isNumber(bytes, 0, bytes.length)) return NUMBER;
  if (isDate(bytes, 0, bytes.length)) return DATE;
  return isBoolean(bytes, 0, bytes.length) ? BOOLEAN : TEXT;
}

/** `-12.5`; not `007`, which would lose its zeros, and nothing that does not fit into a number. */
function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let at = bytes[start] === MINUS ? start + 1 : start;
  const digits = at;
  if (end - digits > MOST_DIGITS || at === end) return false;
  if (bytes[at] === ZERO && at + 1 < end && bytes[at + 1] !== POINT) return false;
  let points = 0;
  for (; at < end; at++) {
    const unit = bytes[at] as number;
    if (unit === POINT) points++;
    else if (unit < ZERO || unit > NINE) return false;
  }
  return points === 0 || (points === 1 && bytes[digits] !== POINT && bytes[end - 1] !== POINT);
}

/** `2026-08-24`, also with a time behind it. */
function isDate(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 10 || bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return false;
  for (const offset of [0, 1, 2, 3, 5, 6, 8, 9]) {
    const unit = bytes[start + offset] as number;
    if (unit < ZERO || unit > NINE) return false;
  }
  return end - start === 10 || bytes[start + 10] === 0x54 || bytes[start + 10] === 0x20;
}

function isBoolean(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length !== 4 && length !== 5) return false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1');
  return text === 'true' || text === 'false';
}
