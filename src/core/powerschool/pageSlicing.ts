import {
  compactJson,
  type ArrayItems,
  cutArray,
  cutRegularArray,
  endOfString,
  holdsLineEnd,
  OPEN_ARRAY,
  OPEN_OBJECT,
  parseKeepingNumbers,
  QUOTE,
} from '../output/jsonBytes.ts';
import { batchOfValues, EMPTY_BATCH, type RecordBatch } from '../output/recordBatch.ts';
import { findRecords } from './records.ts';

/** What stands around the records of a page is small; more than this is read the slower way. */
const LARGEST_FRAME = 1 << 16;
const MARK = 'record list';
const decoder = new TextDecoder('utf-8');

/**
 * Finds the records of a page as ranges of its bytes, without parsing them when the page is compact JSON: the
 * array is cut at its commas, and what is left around it is parsed to see that this array is the list of records.
 * A page in another form is parsed. Undefined when the body is no list of records.
 * Throws `SyntaxError` when the body is no JSON.
 * @param most The number of records that were asked for: a full page is cut faster when it is known.
 */
export function sliceRecords(body: Uint8Array, most?: number): RecordBatch | undefined {
  const bytes = withoutMark(body);
  return cutRecords(bytes, most) ?? cutRecords(compactJson(bytes)) ?? parseRecords(bytes);
}

function cutRecords(bytes: Uint8Array, most?: number): RecordBatch | undefined {
  const start = firstArray(bytes);
  if (start < 0) return undefined;
  const regular = most === undefined || most < 2 ? undefined : cutRegularArray(bytes, start, most);
  const framed = regular === undefined ? undefined : inFrame(bytes, start, regular);
  if (framed !== undefined) return framed;
  const items = cutArray(bytes, start);
  return items === undefined || items.count === 0 ? undefined : inFrame(bytes, start, items);
}

/** The items as records, if what stands around them says that they are the records. */
function inFrame(bytes: Uint8Array, start: number, { ranges, count, end }: ArrayItems): RecordBatch | undefined {
  for (let i = 0; i < count; i++) {
    if (bytes[ranges[2 * i] as number] !== OPEN_OBJECT) return undefined;
  }
  if (bytes.length - end > LARGEST_FRAME || holdsLineEnd(bytes, start, end)) return undefined;
  const before = decoder.decode(bytes.subarray(0, start));
  const after = decoder.decode(bytes.subarray(end + 1));
  const marked = count === 1 ? [{ [MARK]: 1 }] : [{ [MARK]: 1 }, { [MARK]: 2 }];
  let frame: unknown;
  try {
    frame = JSON.parse(`${before}${JSON.stringify(marked)}${after}`);
  } catch {
    return undefined;
  }
  const found = findRecords(frame).records;
  const isList = found?.length === marked.length && found.every(isMark);
  return isList ? { bytes, ranges, count, contiguous: true } : undefined;
}

function isMark(value: unknown): boolean {
  return typeof value === 'object' && value !== null && MARK in value;
}

/** Index of the first `[` outside strings near the start, or -1. */
function firstArray(bytes: Uint8Array): number {
  const limit = Math.min(bytes.length, LARGEST_FRAME);
  for (let i = 0; i < limit; i++) {
    const unit = bytes[i];
    if (unit === OPEN_ARRAY) return i;
    if (unit === QUOTE) {
      const end = endOfString(bytes, i);
      if (end < 0) return -1;
      i = end - 1;
    }
  }
  return -1;
}

function parseRecords(bytes: Uint8Array): RecordBatch | undefined {
  const text = decoder.decode(bytes);
  const body: unknown = JSON.parse(text);
  const { records } = findRecords(body);
  if (records === undefined) return undefined;
  if (records.length === 0) return EMPTY_BATCH;
  // Once more, so that numbers keep their digits: rare and small. Such a number looks like an object to others.
  const exact = parseKeepingNumbers(text);
  return batchOfValues(records[0] === body ? [exact] : (findRecords(exact).records ?? records));
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
