import type { RecordBatch } from './recordBatch.ts';

const LINE_FEED = 0x0a;

/**
 * One record a line, LF after each, also the last.
 * Takes the batch over: where its records are contiguous the bytes between them are overwritten in place, which
 * costs nothing whatever the size of the page.
 */
export function toNdjson(batch: RecordBatch): Uint8Array {
  const { bytes, ranges, count } = batch;
  if (count === 0) return new Uint8Array(0);
  if (batch.contiguous) {
    let end = 0;
    for (let i = 1; i < 2 * count; i += 2) {
      end = ranges[i] as number;
      bytes[end] = LINE_FEED;
    }
    return bytes.subarray(ranges[0], end + 1);
  }
  return joinRecords(batch, [], [LINE_FEED]);
}

/** Copies every record, with `before` ahead of and `after` behind each. */
export function joinRecords(batch: RecordBatch, before: readonly number[], after: readonly number[]): Uint8Array {
  const { bytes, ranges, count } = batch;
  let size = count * (before.length + after.length);
  for (let i = 0; i < count; i++) size += (ranges[2 * i + 1] as number) - (ranges[2 * i] as number);
  const out = new Uint8Array(size);
  let used = 0;
  for (let i = 0; i < count; i++) {
    const start = ranges[2 * i] as number;
    const end = ranges[2 * i + 1] as number;
    out.set(before, used);
    used += before.length;
    out.set(bytes.subarray(start, end), used);
    used += end - start;
    out.set(after, used);
    used += after.length;
  }
  return out;
}
