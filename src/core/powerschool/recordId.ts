import { COLON, COMMA, endOfString, endOfValue, OPEN_OBJECT, QUOTE } from '../output/jsonBytes.ts';
import { type RecordBatch, recordValue } from '../output/recordBatch.ts';
import { isJsonObject } from './jsonValue.ts';

/** Keys that hold the id of a record: /ws/v1 and tables `id`, PowerQueries `id`, `_id` or a column of their own. */
export const ID_KEYS: readonly string[] = ['id', '_id', 'dcid', 'DCID'];
const ZERO = 0x30;
const SPACE = 0x20;
/** More digits than a number holds exactly are no id that PowerSchool gives. */
const MOST_DIGITS = 15;

/** Reads the id of every record of a list from its bytes: whole numbers, also as text. */
export class RecordIdReader {
  /** The key with its quotes. */
  readonly #key: Uint8Array;

  private constructor(key: string) {
    this.#key = Buffer.from(JSON.stringify(key), 'utf8');
  }

  /** Looks at the first record for the key of its id; undefined when it has none. */
  static of(batch: RecordBatch): RecordIdReader | undefined {
    const record = recordValue(batch, 0);
    if (!isJsonObject(record)) return undefined;
    const key = ID_KEYS.find((name) => /^\d{1,15}$/.test(String(record[name])));
    return key === undefined ? undefined : new RecordIdReader(key);
  }

  /** The id of record `index`, or -1 when it has none that is a whole number. */
  read({ bytes, ranges }: RecordBatch, index: number): number {
    const start = ranges[2 * index] as number;
    const end = ranges[2 * index + 1] as number;
    const key = this.#key;
    const behind = start + 1 + key.length;
    // Nearly always the first key.
    if (bytes[behind] === COLON && isAt(bytes, start + 1, key)) return numberAt(bytes, behind + 1);
    return this.#search(bytes, start, end);
  }

  #search(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] !== OPEN_OBJECT) return -1;
    let at = skipSpace(bytes, start + 1);
    while (at < end && bytes[at] === QUOTE) {
      const keyEnd = endOfString(bytes, at);
      if (keyEnd < 0) return -1;
      const found = keyEnd - at === this.#key.length && isAt(bytes, at, this.#key);
      at = skipSpace(bytes, keyEnd);
      if (bytes[at] !== COLON) return -1;
      at = skipSpace(bytes, at + 1);
      if (found) return numberAt(bytes, at);
      at = endOfValue(bytes, at);
      if (at < 0) return -1;
      at = skipSpace(bytes, at);
      if (bytes[at] !== COMMA) return -1;
      at = skipSpace(bytes, at + 1);
    }
    return -1;
  }
}

function isAt(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}

function numberAt(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === QUOTE ? start + 1 : start;
  const first = at;
  let value = 0;
  for (; ; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  const next = bytes[at];
  const ends = next === undefined || next === COMMA || next === QUOTE || next === CLOSE || next <= SPACE;
  return at > first && at - first <= MOST_DIGITS && ends ? value : -1;
}

const CLOSE = 0x7d;

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((bytes[at] ?? SPACE + 1) <= SPACE) at++;
  return at;
}
