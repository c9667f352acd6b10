import type { ColumnType } from './columnFacts.ts';

/** Rank of an empty cell: after all others, whichever way the column is sorted. */
export const EMPTY_RANK = 0xffff_ffff;

/** The place of each record's value among the values of its column. */
export interface ColumnRanks {
  readonly ranks: Uint32Array;
  /** Different values. */
  readonly values: number;
}

/** Lets others have their turn. */
export type Pause = () => Promise<void>;

/** Texts that are sorted at once, before others get their turn. */
const RUN = 1 << 13;

/** Collects the values of one column, then ranks them: numbers by value, texts by the rules of language. */
export class RankBuilder {
  readonly #numbers: Float64Array | undefined;
  readonly #codes: Uint32Array;
  readonly #values = new Map<string, number>();
  readonly #isDate: boolean;

  constructor(records: number, type: ColumnType) {
    this.#numbers = type === 'number' ? new Float64Array(records).fill(Number.NaN) : undefined;
    this.#codes = new Uint32Array(records);
    this.#isDate = type === 'date';
  }

  add(record: number, text: string | null): void {
    if (text === null || text === '') return;
    if (this.#numbers !== undefined) {
      this.#numbers[record] = Number(text);
      return;
    }
    let code = this.#values.get(text);
    if (code === undefined) {
      code = this.#values.size + 1;
      this.#values.set(text, code);
    }
    this.#codes[record] = code;
  }

  async finish(pause: Pause): Promise<ColumnRanks> {
    return this.#numbers === undefined ? this.#rankTexts(pause) : this.#rankNumbers(this.#numbers);
  }

  #rankNumbers(numbers: Float64Array): ColumnRanks {
    const sorted = numbers.filter((value) => !Number.isNaN(value)).sort();
    let values = 0;
    for (const value of sorted) {
      if (values === 0 || sorted[values - 1] !== value) sorted[values++] = value;
    }
    const distinct = sorted.subarray(0, values);
    const ranks = this.#codes;
    for (let record = 0; record < numbers.length; record++) {
      const value = numbers[record] as number;
      ranks[record] = Number.isNaN(value) ? EMPTY_RANK : placeOf(distinct, value);
    }
    return { ranks, values };
  }

  async #rankTexts(pause: Pause): Promise<ColumnRanks> {
    const texts = [...this.#values.keys()];
    this.#values.clear();
    const sorted = await sortTexts(texts, this.#isDate, pause);
    // Code 0 is empty. Texts that compare as equal stay different values.
    const rankOf = new Uint32Array(texts.length + 1);
    rankOf[0] = EMPTY_RANK;
    sorted.forEach((code, rank) => (rankOf[code + 1] = rank));
    const ranks = this.#codes;
    for (let record = 0; record < ranks.length; record++) ranks[record] = rankOf[ranks[record] as number] as number;
    return { ranks, values: texts.length };
  }
}

function placeOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Compares texts as people sort them: letter case last, digits by their value, accents by language. */
export function textComparer(texts: readonly string[], plain: boolean): (a: string, b: string) => number {
  if (plain || texts.every((text) => /^[\x20-\x7e]*$/.test(text))) {
    return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  }
  return new Intl.Collator(undefined, { numeric: true }).compare;
}

/** Indexes of the texts in order, sorted in runs that are merged, with a pause after each. */
async function sortTexts(texts: readonly string[], plain: boolean, pause: Pause): Promise<Uint32Array> {
  const compare = textComparer(texts, plain);
  const keys = plain ? texts : texts.map((text) => text.toLowerCase());
  const order = (a: number, b: number): number =>
    compare(keys[a] as string, keys[b] as string) || compare(texts[a] as string, texts[b] as string) || a - b;
  let from = Uint32Array.from(texts.keys());
  for (let at = 0; at < from.length; at += RUN) {
    from.subarray(at, at + RUN).sort(order);
    await pause();
  }
  let to = new Uint32Array(from.length);
  for (let width = RUN; width < from.length; width *= 2) {
    for (let at = 0; at < from.length; at += 2 * width) {
      await merge(
        from,
        to,
        { at, middle: Math.min(at + width, from.length), end: Math.min(at + 2 * width, from.length) },
        order,
        pause,
      );
    }
    [from, to] = [to, from];
  }
  return from;
}

interface Runs {
  readonly at: number;
  readonly middle: number;
  readonly end: number;
}

async function merge(
  from: Uint32Array,
  to: Uint32Array,
  { at, middle, end }: Runs,
  order: (a: number, b: number) => number,
  pause: Pause,
): Promise<void> {
  let left = at;
  let right = middle;
  for (let out = at; out < end; out++) {
    if (((out - at) & (8 * RUN - 1)) === 8 * RUN - 1) await pause();
    const takeLeft = left < middle && (right >= end || order(from[left] as number, from[right] as number) <= 0);
    to[out] = from[takeLeft ? left++ : right++] as number;
  }
}

/**
 * Sorts records by the ranks of a column, stable: by several columns when the last one comes first.
 * Empty cells come last.
 */
export function orderByRanks(records: Uint32Array, { ranks, values }: ColumnRanks, descending: boolean): Uint32Array {
  const bucket = (record: number): number => {
    const rank = ranks[record] as number;
    return rank === EMPTY_RANK ? values : descending ? values - 1 - rank : rank;
  };
  const starts = new Uint32Array(values + 2);
  for (const record of records) {
    const next = bucket(record) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  const sorted = new Uint32Array(records.length);
  for (const record of records) {
    const own = bucket(record);
    const place = starts[own] as number;
    sorted[place] = record;
    starts[own] = place + 1;
  }
  return sorted;
}
