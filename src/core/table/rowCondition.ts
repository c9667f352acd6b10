import type { ColumnType } from './columnFacts.ts';

/** Whether a cell passes; null is an empty cell. */
export type CellCondition = (text: string | null) => boolean;

/**
 * What a user typed as the filter of a column.
 * - `ann`: contains it, whatever the letter case; `!ann`: does not
 * - `=Ann`, `!=Ann`: is exactly that, whatever the letter case; `=` alone: empty, `!=` alone: not empty
 * - `>5`, `>=5`, `<5`, `<=2026-08-24`: compares numbers with numbers, else as text
 * - `/^a.*n$/`: a regular expression
 * Undefined when there is nothing to filter by, or while an expression cannot be read yet.
 */
export function cellCondition(typed: string, type: ColumnType): CellCondition | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const [, operator = '', value = ''] = /^(!=|>=|<=|=|>|<|!|)\s*(.*)$/s.exec(text) ?? [];
  const wanted = folded(value);
  switch (operator) {
    case '=':
      return (cell) => folded(cell ?? '') === wanted;
    case '!=':
      return (cell) => folded(cell ?? '') !== wanted;
    case '!':
      return value === '' ? undefined : (cell) => !folded(cell ?? '').includes(wanted);
    case '':
      return expression(value) ?? ((cell) => folded(cell ?? '').includes(wanted));
    default:
      return value === '' ? undefined : comparison(operator, wanted, type);
  }
}

const ASCII = /^\p{ASCII}*$/u;

/** For comparing whatever the letter case and the way an accent is written. */
export function folded(text: string): string {
  return ASCII.test(text) ? text.toLowerCase() : text.normalize('NFC').toLowerCase();
}

function expression(text: string): CellCondition | undefined {
  const source = /^\/(.+)\/$/s.exec(text)?.[1];
  if (source === undefined) return undefined;
  try {
    const pattern = new RegExp(source, 'iu');
    return (cell) => pattern.test(cell ?? '');
  } catch {
    return undefined;
  }
}

function comparison(operator: string, wanted: string, type: ColumnType): CellCondition {
  const number = wanted === '' ? Number.NaN : Number(wanted);
  const byNumber = type === 'number' && !Number.isNaN(number);
  return (cell) => {
    if (cell === null || cell === '') return false;
    const difference = byNumber ? Number(cell) - number : textDifference(folded(cell), wanted);
    if (operator === '>') return difference > 0;
    if (operator === '>=') return difference >= 0;
    return operator === '<' ? difference < 0 : difference <= 0;
  };
}

function textDifference(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A search over all cells of a record. */
export class RowSearch {
  readonly #wanted: string;
  readonly #plain: boolean;
  readonly #foreign: boolean;

  constructor(typed: string) {
    this.#wanted = folded(typed.trim());
    // What JSON never writes as an escape, unless it writes \u for everything.
    this.#foreign = !ASCII.test(this.#wanted);
    this.#plain = /^[ !#-.0-[\]-~]+$/.test(this.#wanted);
  }

  get isEmpty(): boolean {
    return this.#wanted === '';
  }

  /** False when no cell of the record can hold it; a quick look at the bytes. */
  mayHold(bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.#plain && !this.#foreign) return true;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
    if (this.#foreign) return /[\x80-\xff]|\\u/.test(text);
    return text.toLowerCase().includes(this.#wanted) || text.includes('\\u');
  }

  holds(text: string | null): boolean {
    return text !== null && folded(text).includes(this.#wanted);
  }
}
