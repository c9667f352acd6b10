/**
 * JSON as UTF-8 bytes, read without building values: where a value ends, where the items of an array lie.
 * A million records are cut apart, not parsed; numbers keep every digit the server sent.
 */

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Index after the closing quote of the string that starts at `start`, or -1 when it never closes. */
export function endOfString(bytes: Uint8Array, start: number): number {
  for (let i = start + 1; i < bytes.length; i++) {
    const unit = bytes[i];
    if (unit === QUOTE) return i + 1;
    if (unit === BACKSLASH) i++;
  }
  return -1;
}

/** Index after the value that starts at `start` (no white space before it), or -1 when it is cut off. */
export function endOfValue(bytes: Uint8Array, start: number): number {
  const first = bytes[start];
  if (first === QUOTE) return endOfString(bytes, start);
  let depth = 0;
  for (let i = start; i < bytes.length; i++) {
    const unit = bytes[i];
    if (unit === QUOTE) {
      i = endOfString(bytes, i) - 1;
      if (i < 0) return -1;
    } else if (unit === OPEN_OBJECT || unit === OPEN_ARRAY) {
      depth++;
    } else if (unit === CLOSE_OBJECT || unit === CLOSE_ARRAY) {
      if (depth === 0) return i;
      if (--depth === 0) return i + 1;
    } else if (depth === 0 && (unit === COMMA || unit === undefined || unit <= SPACE)) {
      return i;
    }
  }
  return depth === 0 ? bytes.length : -1;
}

/** The items of one array, as ranges of the bytes that held it. */
export interface ArrayItems {
  /** Start of item i at 2i, its end (exclusive) at 2i + 1. */
  readonly ranges: Uint32Array;
  readonly count: number;
  /** Index of the closing bracket. */
  readonly end: number;
}

/**
 * Cuts the compact array whose `[` is at `start`. Undefined when there is white space between its tokens,
 * when a bracket or quote is missing, or when an item is empty: the caller then takes the slower way.
 */
export function cutArray(bytes: Uint8Array, start: number): ArrayItems | undefined {
  const length = bytes.length;
  let ranges = new Uint32Array(2048);
  let used = 0;
  let depth = 0;
  let itemStart = start + 1;
  let i = itemStart;
  scan: for (; i < length; i++) {
    const unit = bytes[i] as number;
    if (unit === QUOTE) {
      for (i++; i < length; i++) {
        const inner = bytes[i];
        if (inner === QUOTE) break;
        if (inner === BACKSLASH) i++;
      }
    } else if (unit === COMMA) {
      if (depth > 0) continue;
      if (i === itemStart) return undefined;
      if (used + 4 > ranges.length) ranges = grown(ranges);
      ranges[used] = itemStart;
      ranges[used + 1] = i;
      used += 2;
      itemStart = i + 1;
    } else if (unit === OPEN_OBJECT || unit === OPEN_ARRAY) {
      depth++;
    } else if (unit === CLOSE_OBJECT || unit === CLOSE_ARRAY) {
      if (depth === 0) {
        if (unit === CLOSE_OBJECT) return undefined;
        break scan;
      }
      depth--;
    } else if (unit <= SPACE) {
      return undefined;
    }
  }
  if (i >= length) return undefined;
  if (i > itemStart) {
    ranges[used] = itemStart;
    ranges[used + 1] = i;
    used += 2;
  } else if (used > 0) {
    return undefined;
  }
  return { ranges, count: used / 2, end: i };
}

/**
 * Cuts the array whose `[` is at `start` by searching for `},{`, several times faster than `cutArray`. Undefined
 * unless it is certain that the items are `count` objects with the same first key:
 * - no `[` inside, so no nested list whose items could be taken for items of this one;
 * - no line end, and every `},{` is followed by the first item's first key: such bytes are never inside a string,
 *   where the quotes of a key would be escaped;
 * - that makes `count` items. White space or items of another kind would make fewer.
 * The caller has to know that there are not more than `count` items.
 */
export function cutRegularArray(bytes: Uint8Array, start: number, count: number): ArrayItems | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = buffer.lastIndexOf(CLOSE_ARRAY);
  const nested = buffer.indexOf(OPEN_ARRAY, start + 1);
  if (end < start || (nested >= 0 && nested < end) || bytes[end - 1] !== CLOSE_OBJECT) return undefined;
  if (bytes[start + 1] !== OPEN_OBJECT || bytes[start + 2] !== QUOTE || holdsLineEnd(bytes, start, end))
    return undefined;
  const afterKey = endOfString(bytes, start + 2);
  if (afterKey < 0 || bytes[afterKey] !== COLON) return undefined;
  const keyLength = afterKey + 1 - (start + 2);
  const ranges = new Uint32Array(2 * count);
  let used = 0;
  let itemStart = start + 1;
  for (let at = buffer.indexOf(BORDER, start); at >= 0 && at < end; at = buffer.indexOf(BORDER, at + 3)) {
    for (let i = 0; i < keyLength; i++) {
      if (bytes[at + 3 + i] !== bytes[start + 2 + i]) return undefined;
    }
    if (used + 2 >= ranges.length) return undefined;
    ranges[used++] = itemStart;
    ranges[used++] = at + 1;
    itemStart = at + 2;
  }
  ranges[used++] = itemStart;
  ranges[used++] = end;
  return used === 2 * count ? { ranges, count, end } : undefined;
}

const BORDER = Buffer.from('},{');

function grown(ranges: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(ranges.length * 2);
  larger.set(ranges);
  return larger;
}

/** Whether the range holds a raw line end: one inside a record would break a line format. */
export function holdsLineEnd(bytes: Uint8Array, start: number, end: number): boolean {
  // Buffer's search is vectorised, that of a plain typed array is not.
  const part = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  return part.includes(LINE_FEED) || part.includes(CARRIAGE_RETURN);
}

/** The same JSON without white space between its tokens, as a copy. Strings are left as they are. */
export function compactJson(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let used = 0;
  for (let i = 0; i < bytes.length; i++) {
    const unit = bytes[i] as number;
    if (unit === QUOTE) {
      const end = endOfString(bytes, i);
      const stop = end < 0 ? bytes.length : end;
      out.set(bytes.subarray(i, stop), used);
      used += stop - i;
      i = stop - 1;
    } else if (unit > SPACE) {
      out[used++] = unit;
    }
  }
  return out.subarray(0, used);
}

/**
 * `JSON.parse` then `JSON.stringify`, but every number keeps its own digits: a state id of twenty digits
 * would otherwise come out rounded. Throws `SyntaxError` as `JSON.parse` does.
 */
export function parseKeepingNumbers(text: string): unknown {
  const json = JSON as unknown as JsonWithSource;
  return json.parse(text, (_key, value, context) =>
    typeof value === 'number' && context.source !== undefined && String(value) !== context.source
      ? json.rawJSON(context.source)
      : value,
  );
}

/** In V8 since Node 21; the TypeScript library does not declare it yet. */
interface JsonWithSource {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): unknown;
}
