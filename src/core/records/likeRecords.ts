import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from '../output/jsonBytes.ts';
import type { RecordIndex } from './recordIndex.ts';

const SPACE = 0x20;

/**
 * Adds the records of a list that follow one another from `from`, the `{` of the first one, to the index, by hops from
 * one `}` to the next: several times faster than a look at each byte. Gives the place of the first record that was not
 * added, `from` when it was none: one that does not end in this chunk, or where anything is not certain.
 *
 * - A quote in a string is escaped, and behind the quote that ends a string stands white space or one of `,:]}`. Closing
 *   brackets with a key behind them, as in `}]},"key":` and `},{"key":`, are therefore in no string.
 * - The look goes to every `}`, and ends at one that is not of that kind: no end of a record is missed, and no `]`.
 * - Only in an array an object follows a comma. A record ends at a `},{` where as many arrays are open as at its start.
 *   A `[` that is counted too much, in a string, hides ends: nothing is added after it.
 * - Keys are compared with the first key of the record at `from`: an item without it is left to the other way.
 *
 * @param base Bytes of the body before the chunk.
 */
export function addLikeRecords(index: RecordIndex, chunk: Buffer, from: number, base: number): number {
  const { length } = chunk;
  const firstEnd = endOfKey(chunk, from + 1);
  if (firstEnd < 0) return from;
  const keyLength = firstEnd - from - 1;
  let start = from;
  let depth = 0;
  let array = indexOf(chunk, OPEN_ARRAY, firstEnd);
  let at = indexOf(chunk, CLOSE_OBJECT, firstEnd);
  while (at < length) {
    for (; array < at; array = indexOf(chunk, OPEN_ARRAY, array + 1), depth++) {
      // A list of something else, or a text: not worth more hops.
      if (chunk[array + 1] !== OPEN_OBJECT) return start;
    }
    let unit = chunk[at];
    for (; unit === CLOSE_OBJECT || unit === CLOSE_ARRAY; unit = chunk[++at]) {
      if (unit === CLOSE_ARRAY && --depth < 0) return start;
    }
    if (unit !== COMMA) return start;
    const item = at + 1;
    const isItem = chunk[item] === OPEN_OBJECT;
    let end: number;
    if (isItem && depth === 0) {
      if (!isSame(chunk, from + 1, item + 1, keyLength)) return start;
      index.add(base + start, base + at);
      start = item;
      end = item + 1 + keyLength;
    } else {
      end = endOfKey(chunk, isItem ? item + 1 : item);
      if (end < 0) return start;
    }
    at = indexOf(chunk, CLOSE_OBJECT, end);
  }
  return start;
}

/** Index of the next such byte; the length when there is none. */
function indexOf(chunk: Buffer, unit: number, from: number): number {
  const found = chunk.indexOf(unit, from);
  return found < 0 ? chunk.length : found;
}

/** Index after the colon of the key whose quote is at `start`; -1 when it is none for certain. */
function endOfKey(chunk: Buffer, start: number): number {
  if (chunk[start] !== QUOTE || mayFollowText(chunk[start + 1])) return -1;
  const end = chunk.indexOf(QUOTE, start + 1);
  return end < 0 || chunk[end - 1] === BACKSLASH || chunk[end + 1] !== COLON ? -1 : end + 2;
}

/** What JSON allows behind the quote that ends a string; at the end of the chunk it may be anything. */
function mayFollowText(unit: number | undefined): boolean {
  return (
    unit === undefined ||
    unit <= SPACE ||
    unit === COMMA ||
    unit === COLON ||
    unit === CLOSE_OBJECT ||
    unit === CLOSE_ARRAY
  );
}

function isSame(chunk: Buffer, one: number, other: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (chunk[one + i] !== chunk[other + i]) return false;
  return true;
}
