import { findRecords } from '../powerschool/records.ts';

const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** What stands around the records of a list is small. */
const LARGEST_FRAME = 1 << 16;
/** A list of records is at most this deep: `{"students":{"student":[`. */
const DEEPEST_LIST = 3;
const MARK = 'record list';

/**
 * Counts the records of a body that is too large to be kept, while it passes by: the elements of its first array. What
 * stands around the array is parsed at the end, to see that it is the list of records.
 */
export class RecordCounter {
  readonly #before: Uint8Array[] = [];
  readonly #after: Uint8Array[] = [];
  #frameSize = 0;
  #depth = 0;
  /** Depth inside the array, once it has begun. */
  #list = 0;
  #ended = false;
  #inString = false;
  /** Backslashes at the end of the chunk before, while in a string. */
  #slashes = 0;
  #commas = 0;
  #filled = false;

  add(chunk: Uint8Array): void {
    let at = 0;
    if (this.#list === 0) {
      at = this.#scan(chunk, 0);
      this.#keep(this.#before, chunk.subarray(0, at));
    }
    if (this.#list > 0 && !this.#ended) {
      const end = this.#scan(chunk, at);
      if (this.#ended) this.#keep(this.#after, chunk.subarray(end - 1));
      return;
    }
    if (this.#ended) this.#keep(this.#after, chunk);
  }

  /** After the last chunk: how many records came, or undefined when the body is no list of records. */
  count(): number | undefined {
    if (!this.#ended || this.#frameSize > LARGEST_FRAME) return undefined;
    const count = this.#filled ? this.#commas + 1 : 0;
    const marks = count === 0 ? [] : count === 1 ? [{ [MARK]: 1 }] : [{ [MARK]: 1 }, { [MARK]: 2 }];
    const inside = JSON.stringify(marks).slice(1, -1);
    try {
      const frame = Buffer.concat(this.#before).toString('utf8') + inside + Buffer.concat(this.#after).toString('utf8');
      const found = findRecords(JSON.parse(frame)).records;
      return found?.length === marks.length && found.every(isMark) ? count : undefined;
    } catch {
      return undefined;
    }
  }

  #keep(into: Uint8Array[], bytes: Uint8Array): void {
    this.#frameSize += bytes.length;
    if (this.#frameSize <= LARGEST_FRAME) into.push(Uint8Array.from(bytes));
  }

  /** Reads on until the array begins or ends, or the chunk does; tells the index after what it read. */
  #scan(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    let at = from;
    while (at < length) {
      if (this.#inString) {
        at = this.#endOfString(chunk, at);
        continue;
      }
      const unit = chunk[at++];
      if (unit === QUOTE) {
        this.#inString = true;
        this.#filled ||= this.#depth === this.#list && this.#list > 0;
      } else if (unit === OPEN_OBJECT || unit === OPEN_ARRAY) {
        this.#filled ||= this.#depth === this.#list && this.#list > 0;
        this.#depth++;
        if (unit === OPEN_ARRAY && this.#list === 0 && this.#depth <= DEEPEST_LIST) {
          this.#list = this.#depth;
          return at;
        }
      } else if (unit === CLOSE_OBJECT || unit === CLOSE_ARRAY) {
        if (this.#depth-- === this.#list && this.#list > 0) {
          this.#ended = true;
          return at;
        }
      } else if (this.#depth === this.#list && this.#list > 0) {
        if (unit === COMMA) this.#commas++;
        else if (unit !== undefined && unit > 32) this.#filled = true;
      }
    }
    return at;
  }

  /** The index after the quote that ends the string, or the end of the chunk. */
  #endOfString(chunk: Uint8Array, from: number): number {
    const quote = chunk.indexOf(QUOTE, from);
    const end = quote < 0 ? chunk.length : quote;
    let slashes = 0;
    while (end - slashes > from && chunk[end - slashes - 1] === BACKSLASH) slashes++;
    if (end - slashes === from) slashes += this.#slashes;
    this.#slashes = 0;
    if (quote < 0) {
      this.#slashes = slashes;
      return end;
    }
    this.#inString = slashes % 2 === 1;
    return quote + 1;
  }
}

function isMark(value: unknown): boolean {
  return typeof value === 'object' && value !== null && MARK in value;
}
