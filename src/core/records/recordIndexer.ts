import { GrowingBytes } from '../output/growingBytes.ts';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from '../output/jsonBytes.ts';
import { isJsonObject } from '../powerschool/jsonValue.ts';
import { findRecords } from '../powerschool/records.ts';
import { addLikeRecords } from './likeRecords.ts';
import { RecordIndex } from './recordIndex.ts';

/** What stands around the records of a list is small. */
const LARGEST_FRAME = 1 << 16;
/** An answer with more lists side by side is no list of records. */
const MOST_LISTS = 64;
/** Objects inside each other in which the list may be: `{"students":{"student":[`. */
const DEEPEST = 2;
/** The faster way is tried again after so many records at most. */
const MOST_WALKS = 63;
/** `[` and `{` differ by this bit only, so do `]` and `}`. */
const CASE_BIT = 0x20;
const SPACE = 0x20;
/** Stand in the frame for what was left out; no key of a server begins with NUL. */
const LIST_MARK = '\0list';
const OBJECT_MARK = '\0object';

interface FoundList {
  readonly index: RecordIndex;
  broken: boolean;
}

/**
 * Finds where each record of a JSON body lies while the body passes by in chunks. The records are cut at their commas,
 * not parsed; what stands around them is kept, with a mark for each list, and read at the end to see which list holds
 * the records: `findRecords` decides, as for a body in memory.
 */
export class RecordIndexer {
  readonly #frame = new GrowingBytes(1024);
  readonly #lists: FoundList[] = [];
  /** Ranges of the objects in the frame, in the order in which they begin; those left out are in `#skipped`. */
  readonly #objects: { depth: number; start: number; end: number }[] = [];
  readonly #open: { depth: number; start: number; end: number }[] = [];
  readonly #skipped: RecordIndex[] = [];
  /** Bytes before this chunk. */
  #base = 0;
  #inString = false;
  /** The chunk before ended with the backslash of an escape. */
  #escape = false;
  /** Containers that are open inside a record, or inside an object that is left out. */
  #nested = 0;
  #list: FoundList | undefined;
  #itemStart = -1;
  #itemEnd = -1;
  /** Records to be read byte by byte before the faster way is tried again, and how many there were last. */
  #walks = 0;
  #inVain = 0;
  #failed = false;

  add(bytes: Uint8Array): void {
    if (this.#failed) return;
    // Buffer's search is vectorised, that of a plain typed array is not.
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const { length } = chunk;
    let at = 0;
    while (at < length && !this.#failed) {
      if (this.#escape) {
        this.#escape = false;
        if (this.#inFrame) this.#keep(chunk, at, at + 1);
        at++;
      } else if (this.#inString) at = this.#string(chunk, at);
      else if (this.#nested > 0) at = this.#inside(chunk, at);
      else if (this.#list !== undefined) at = this.#between(chunk, at);
      else at = this.#around(chunk, at);
    }
    this.#base += length;
  }

  /** After the last chunk: the records, or undefined when the body is no list of records. */
  end(): RecordIndex | undefined {
    if (this.#failed || !this.#inFrame || this.#inString || this.#open.length > 0) return undefined;
    let body: unknown;
    try {
      body = JSON.parse(new TextDecoder().decode(this.#frame.bytes.subarray(0, this.#frame.length)));
    } catch {
      return undefined;
    }
    const { records } = findRecords(body);
    if (records === undefined) return undefined;
    const [first] = records;
    if (first === undefined) return new RecordIndex();
    if (!isJsonObject(first)) return undefined;
    const list = first[LIST_MARK];
    if (typeof list === 'number') return this.#listAt(list);
    const object = first[OBJECT_MARK];
    return typeof object === 'number' ? this.#skipped[object] : this.#whole(body, first);
  }

  get #inFrame(): boolean {
    return this.#list === undefined && this.#nested === 0;
  }

  #listAt(position: number): RecordIndex | undefined {
    const list = this.#lists[position];
    return list === undefined || list.broken ? undefined : list.index;
  }

  /** The body itself is the record, or an object in it. */
  #whole(body: unknown, record: unknown): RecordIndex | undefined {
    const inner = isJsonObject(body) ? Object.values(body).filter(isWholeObject) : [];
    const ranges = this.#objects.filter(({ depth }) => depth === (body === record ? 0 : 1));
    const range = ranges[body === record ? 0 : inner.indexOf(record)];
    if (range === undefined) return undefined;
    const index = new RecordIndex();
    index.add(range.start, range.end);
    return index;
  }

  /** Outside the records: all is kept, lists and deep objects as marks. */
  #around(chunk: Buffer, from: number): number {
    let at = from;
    for (; at < chunk.length; at++) {
      const unit = chunk[at];
      if (unit === QUOTE) {
        this.#inString = true;
        this.#keep(chunk, from, at + 1);
        return at + 1;
      }
      if (unit === OPEN_ARRAY || unit === OPEN_OBJECT) {
        this.#keep(chunk, from, at);
        this.#begin(unit, this.#base + at);
        return at + 1;
      }
      if (unit === CLOSE_OBJECT) {
        const object = this.#open.pop();
        if (object !== undefined) object.end = this.#base + at + 1;
      }
    }
    this.#keep(chunk, from, at);
    return at;
  }

  #begin(unit: number, start: number): void {
    const depth = this.#open.length;
    if (unit === OPEN_ARRAY) {
      this.#list = { index: new RecordIndex(), broken: false };
      this.#failed ||= this.#lists.push(this.#list) > MOST_LISTS;
      this.#itemStart = -1;
    } else if (depth < DEEPEST) {
      const object = { depth, start, end: start };
      this.#objects.push(object);
      this.#open.push(object);
      this.#frame.byte(OPEN_OBJECT);
    } else {
      this.#nested = 1;
      this.#itemStart = start;
    }
  }

  /** Between the records of a list. */
  #between(chunk: Buffer, from: number): number {
    const list = this.#list as FoundList;
    for (let at = from; at < chunk.length; at++) {
      const unit = chunk[at] as number;
      if (unit === COMMA) this.#endItem(list, false);
      else if (unit === CLOSE_ARRAY) {
        this.#endItem(list, true);
        this.#list = undefined;
        this.#mark(LIST_MARK, this.#lists.length - 1, list.index.count > 0);
        return at + 1;
      } else if (unit > SPACE) {
        if (this.#itemStart < 0) this.#itemStart = this.#base + at;
        this.#itemEnd = this.#base + at + 1;
        if (unit === QUOTE) {
          this.#inString = true;
          return at + 1;
        }
        if ((unit | CASE_BIT) === OPEN_OBJECT) {
          const first = this.#itemStart === this.#base + at && unit === OPEN_OBJECT ? this.#hop(list, chunk, at) : at;
          this.#itemStart += first - at;
          this.#nested = 1;
          return first + 1;
        }
      }
    }
    return chunk.length;
  }

  /** Records that are found faster; gives the place of the next one. */
  #hop({ index }: FoundList, chunk: Buffer, from: number): number {
    if (this.#walks > 0) {
      this.#walks--;
      return from;
    }
    const next = addLikeRecords(index, chunk, from, this.#base);
    this.#inVain = next === from ? Math.min(2 * this.#inVain + 1, MOST_WALKS) : 0;
    this.#walks = this.#inVain;
    return next;
  }

  #endItem(list: FoundList, last: boolean): void {
    if (this.#itemStart >= 0) list.index.add(this.#itemStart, this.#itemEnd);
    else if (!last || list.index.count > 0) list.broken = true;
    this.#itemStart = -1;
  }

  /** Inside a record: only its end matters. */
  #inside(chunk: Buffer, from: number): number {
    const { length } = chunk;
    let depth = this.#nested;
    let at = from;
    scan: while (at < length) {
      const unit = chunk[at++] as number;
      if (unit === QUOTE) {
        for (; at < length; at++) {
          const inner = chunk[at];
          if (inner === QUOTE) {
            at++;
            continue scan;
          }
          if (inner === BACKSLASH) at++;
        }
        this.#inString = true;
        this.#escape = at > length;
        this.#nested = depth;
        return length;
      }
      if (unit < OPEN_ARRAY) continue;
      const folded = unit | CASE_BIT;
      if (folded === OPEN_OBJECT) depth++;
      else if (folded === CLOSE_OBJECT && --depth === 0) {
        this.#nested = 0;
        this.#endNested(this.#base + at);
        return at;
      }
    }
    this.#nested = depth;
    return at;
  }

  #endNested(end: number): void {
    if (this.#list !== undefined) {
      this.#itemEnd = end;
      return;
    }
    const index = new RecordIndex();
    index.add(this.#itemStart, end);
    this.#failed ||= this.#skipped.push(index) > LARGEST_FRAME;
    this.#mark(OBJECT_MARK, this.#skipped.length - 1, true);
  }

  #mark(key: string, value: number, filled: boolean): void {
    const text = filled ? JSON.stringify({ [key]: value }) : '';
    this.#frame.text(key === LIST_MARK ? `[${text}]` : text);
    this.#failed ||= this.#frame.length > LARGEST_FRAME;
  }

  #string(chunk: Buffer, from: number): number {
    const { length } = chunk;
    let at = from;
    for (; at < length; at++) {
      const unit = chunk[at];
      if (unit === QUOTE) {
        this.#inString = false;
        at++;
        break;
      }
      if (unit === BACKSLASH) at++;
    }
    this.#escape = at > length;
    const end = Math.min(at, length);
    if (this.#inFrame) this.#keep(chunk, from, end);
    else if (this.#nested === 0) this.#itemEnd = this.#base + end;
    return end;
  }

  #keep(chunk: Uint8Array, start: number, end: number): void {
    if (this.#frame.length + end - start > LARGEST_FRAME) this.#failed = true;
    else this.#frame.copy(chunk, start, end);
  }
}

function isWholeObject(value: unknown): boolean {
  return isJsonObject(value) && !(OBJECT_MARK in value);
}
