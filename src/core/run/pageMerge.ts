import { joinRecords } from '../output/ndjson.ts';
import type { RecordBatch } from '../output/recordBatch.ts';
import { sliceRecords } from '../powerschool/pageSlicing.ts';

const COMMA = 0x2c;
export const COMMA_BYTES = Uint8Array.of(COMMA);

/** What stands around the records of a list. */
export interface ListFrame {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** What stands before the first record of a page and after its last; brackets when the page is no list by itself. */
export function frameOf(page: Uint8Array): ListFrame {
  const sliced = sliceRecords(page);
  const compact = isFramed(sliced) ? sliced : sliceRecords(Buffer.from(compacted(page)));
  if (!isFramed(compact)) return { before: Buffer.from('['), after: Buffer.from(']') };
  return {
    before: compact.bytes.slice(0, compact.ranges[0]),
    after: compact.bytes.slice(compact.ranges[2 * compact.count - 1]),
  };
}

/** The records with a comma between. Takes the batch over: commas are written between records where they lie. */
export function commaSeparated(batch: RecordBatch): Uint8Array {
  const { bytes, ranges, count } = batch;
  if (count === 0) return new Uint8Array(0);
  if (!batch.contiguous) return joinRecords(batch, [], [COMMA]).subarray(0, -1);
  for (let i = 1; i < count; i++) bytes[ranges[2 * i - 1] as number] = COMMA;
  return bytes.subarray(ranges[0], ranges[2 * count - 1]);
}

/** The bytes but for so many at the end. */
export async function* withoutEnd(
  chunks: AsyncIterable<Uint8Array>,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let held: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const all = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const cut = Math.max(0, all.length - end);
    if (cut > 0) yield all.subarray(0, cut);
    held = all.slice(cut);
  }
}

/** The records lie in the page itself, not in a copy that parsing made. */
function isFramed(batch: RecordBatch | undefined): batch is RecordBatch {
  return batch?.contiguous === true && batch.count > 0 && batch.ranges[0] !== 0;
}

function compacted(page: Uint8Array): string {
  return JSON.stringify(
    JSON.parse(
      Buffer.from(page)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    ),
  );
}
