import { explain } from '../problem/explainedError.ts';
import { endOfValue } from './jsonBytes.ts';
import { OUTPUT_PROBLEMS } from './outputProblems.ts';

/**
 * Some records of one answer, as ranges of UTF-8 JSON: the common coin between whoever fetches records and
 * whoever writes them. Nothing is parsed until somebody asks.
 */
export interface RecordBatch {
  readonly bytes: Uint8Array;
  /** Start of record i at 2i, its end (exclusive) at 2i + 1. May be longer than the records need. */
  readonly ranges: Uint32Array;
  readonly count: number;
  /**
   * The records lie one after another with exactly one byte between them and one after the last, and none holds
   * a raw line end. A line writer may then turn those bytes into line feeds instead of copying.
   */
  readonly contiguous: boolean;
}

export const EMPTY_BATCH: RecordBatch = {
  bytes: new Uint8Array(0),
  ranges: new Uint32Array(0),
  count: 0,
  contiguous: false,
};

/** A batch of records that lie apart: they are copied together. */
export function batchOfRecords(records: readonly Uint8Array[]): RecordBatch {
  const ranges = new Uint32Array(2 * records.length);
  let used = 0;
  for (const [index, record] of records.entries()) {
    ranges[2 * index] = used;
    used += record.length;
    ranges[2 * index + 1] = used;
  }
  return { bytes: Buffer.concat(records), ranges, count: records.length, contiguous: false };
}

/** A batch of values that are in memory already. Values that JSON cannot hold become null. */
export function batchOfValues(values: readonly unknown[]): RecordBatch {
  const texts = values.map((value) => JSON.stringify(value) ?? 'null');
  const bytes = Buffer.from(`${texts.join('\n')}\n`, 'utf8');
  const ranges = new Uint32Array(texts.length * 2);
  let at = 0;
  for (let i = 0; i < texts.length; i++) {
    const end = at + Buffer.byteLength(texts[i] ?? '', 'utf8');
    ranges[2 * i] = at;
    ranges[2 * i + 1] = end;
    at = end + 1;
  }
  return { bytes, ranges, count: texts.length, contiguous: true };
}

/** A batch of one compact JSON value. */
export function batchOfOne(bytes: Uint8Array): RecordBatch {
  const end = endOfValue(bytes, 0);
  const ranges = Uint32Array.of(0, end < 0 ? bytes.length : end);
  return { bytes, ranges, count: 1, contiguous: false };
}

/** The bytes of record `index`, not copied. */
export function recordBytes(batch: RecordBatch, index: number): Uint8Array {
  return batch.bytes.subarray(batch.ranges[2 * index], batch.ranges[2 * index + 1]);
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Record `index` as a value. Throws PS977 when the server's JSON is broken inside the record. */
export function recordValue(batch: RecordBatch, index: number): unknown {
  try {
    return JSON.parse(decoder.decode(recordBytes(batch, index))) as unknown;
  } catch (error) {
    throw explain(OUTPUT_PROBLEMS, 'PS977', [error instanceof Error ? error.message : String(error)]);
  }
}
