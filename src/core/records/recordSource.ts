import { type FileHandle, open } from 'node:fs/promises';
import { EMPTY_BATCH, type RecordBatch } from '../output/recordBatch.ts';
import type { RecordIndex } from './recordIndex.ts';

/** The records of one answer, wherever its body lies. Nothing is parsed; the bytes are those of the server. */
export interface RecordSource {
  readonly count: number;
  /** Records `from` up to `to`, which is not one of them. */
  read(from: number, to: number): Promise<RecordBatch>;
  /** These records in this order. */
  pick(records: Uint32Array): Promise<RecordBatch>;
}

/** Bytes that are read at once. */
const MOST_BYTES = 4 << 20;
/** Records that are read at once in the order of the body. */
const READ_AHEAD = 16_384;
/** Records that are read at once in an order of their own. */
const MOST_PICKED = 2000;
/** Reads that wait for the disk together. */
const MOST_READS = 64;

/** All records in blocks, in their order or in the order given: what an export writes. */
export async function* batchesOf(
  source: RecordSource,
  order?: Uint32Array,
): AsyncGenerator<RecordBatch, void, undefined> {
  const count = order?.length ?? source.count;
  for (let at = 0; at < count;) {
    const batch =
      order === undefined
        ? await source.read(at, Math.min(count, at + READ_AHEAD))
        : await source.pick(order.subarray(at, at + MOST_PICKED));
    if (batch.count === 0) return;
    yield batch;
    at += batch.count;
  }
}

/** Records of a body in memory. */
export class MemoryRecords implements RecordSource {
  readonly #batch: RecordBatch;

  constructor(batch: RecordBatch) {
    this.#batch = batch;
  }

  get count(): number {
    return this.#batch.count;
  }

  read(from: number, to: number): Promise<RecordBatch> {
    const end = Math.min(to, this.count);
    const { bytes, ranges, contiguous } = this.#batch;
    return Promise.resolve({
      bytes,
      ranges: ranges.subarray(2 * from, 2 * end),
      count: Math.max(0, end - from),
      contiguous,
    });
  }

  pick(records: Uint32Array): Promise<RecordBatch> {
    const { bytes, ranges } = this.#batch;
    const picked = new Uint32Array(2 * records.length);
    records.forEach((record, at) => picked.set(ranges.subarray(2 * record, 2 * record + 2), 2 * at));
    return Promise.resolve({ bytes, ranges: picked, count: records.length, contiguous: false });
  }
}

/**
 * Records of a body in a file, by their offsets. The file is open only while it is read, so that it can be removed at
 * any time. A batch may hold fewer records than were asked for, never none.
 */
export class FileRecords implements RecordSource {
  readonly #path: string;
  readonly #index: RecordIndex;

  constructor(path: string, index: RecordIndex) {
    this.#path = path;
    this.#index = index;
  }

  get count(): number {
    return this.#index.count;
  }

  async read(from: number, to: number): Promise<RecordBatch> {
    const index = this.#index;
    const last = Math.min(to, index.count);
    if (from >= last) return EMPTY_BATCH;
    const start = index.start(from);
    let end = from + 1;
    while (end < last && index.end(end) - start <= MOST_BYTES) end++;
    const ranges = new Uint32Array(2 * (end - from));
    for (let record = from; record < end; record++) {
      ranges[2 * (record - from)] = index.start(record) - start;
      ranges[2 * (record - from) + 1] = index.end(record) - start;
    }
    const bytes = new Uint8Array(index.end(end - 1) - start);
    await this.#withFile((file) => fill(file, bytes, 0, bytes.length, start));
    return { bytes, ranges, count: end - from, contiguous: false };
  }

  async pick(records: Uint32Array): Promise<RecordBatch> {
    const index = this.#index;
    const { length } = records;
    if (length === 0) return EMPTY_BATCH;
    let start = Infinity;
    let end = 0;
    let size = 0;
    for (const record of records) {
      start = Math.min(start, index.start(record));
      end = Math.max(end, index.end(record));
      size += index.end(record) - index.start(record);
    }
    const ranges = new Uint32Array(2 * length);
    // Records that lie near each other, as after a filter, come with one read.
    const near = end - start <= Math.max(8 * size, MOST_BYTES / 16);
    const bytes = new Uint8Array(near ? end - start : size);
    let used = 0;
    for (const [at, record] of records.entries()) {
      const from = near ? index.start(record) - start : used;
      ranges[2 * at] = from;
      ranges[2 * at + 1] = from + index.end(record) - index.start(record);
      used = ranges[2 * at + 1] as number;
    }
    await this.#withFile(async (file) => {
      if (near) return fill(file, bytes, 0, bytes.length, start);
      for (let at = 0; at < length; at += MOST_READS) {
        const some = [...records.subarray(at, at + MOST_READS)].map((record, i) =>
          fill(file, bytes, ranges[2 * (at + i)] as number, ranges[2 * (at + i) + 1] as number, index.start(record)),
        );
        await Promise.all(some);
      }
    });
    return { bytes, ranges, count: length, contiguous: false };
  }

  async #withFile(work: (file: FileHandle) => Promise<void>): Promise<void> {
    const file = await open(this.#path, 'r');
    try {
      await work(file);
    } finally {
      await file.close();
    }
  }
}

async function fill(file: FileHandle, bytes: Uint8Array, from: number, to: number, position: number): Promise<void> {
  let done = from;
  while (done < to) {
    const { bytesRead } = await file.read(bytes, done, to - done, position + done - from);
    if (bytesRead === 0) throw new Error('The file of the result is shorter than it was.');
    done += bytesRead;
  }
}
