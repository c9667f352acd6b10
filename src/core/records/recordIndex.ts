/** Records of one segment. */
const SEGMENT_SHIFT = 14;
const SEGMENT_RECORDS = 1 << SEGMENT_SHIFT;
const SEGMENT_MASK = SEGMENT_RECORDS - 1;

/** Where some records lie; the memory is shared, so that a thread sees it without a copy. */
export interface IndexSegment {
  readonly starts: Float64Array;
  readonly lengths: Uint32Array;
}

/** What can be sent to another thread. */
export interface IndexParts {
  readonly count: number;
  readonly segments: readonly IndexSegment[];
}

/** Where each record of a body begins and ends, in bytes from its start: 12 bytes for a record. */
export class RecordIndex implements IndexParts {
  readonly segments: IndexSegment[];
  #count: number;

  constructor({ count, segments }: IndexParts = { count: 0, segments: [] }) {
    this.#count = count;
    this.segments = [...segments];
  }

  get count(): number {
    return this.#count;
  }

  add(start: number, end: number): void {
    const at = this.#count & SEGMENT_MASK;
    if (at === 0) this.segments.push(newSegment());
    const segment = this.segments[this.#count >> SEGMENT_SHIFT] as IndexSegment;
    segment.starts[at] = start;
    segment.lengths[at] = end - start;
    this.#count++;
  }

  start(record: number): number {
    return this.segments[record >> SEGMENT_SHIFT]?.starts[record & SEGMENT_MASK] ?? 0;
  }

  end(record: number): number {
    const segment = this.segments[record >> SEGMENT_SHIFT];
    const at = record & SEGMENT_MASK;
    return (segment?.starts[at] ?? 0) + (segment?.lengths[at] ?? 0);
  }
}

function newSegment(): IndexSegment {
  const memory = new SharedArrayBuffer(SEGMENT_RECORDS * 12);
  return {
    starts: new Float64Array(memory, 0, SEGMENT_RECORDS),
    lengths: new Uint32Array(memory, SEGMENT_RECORDS * 8, SEGMENT_RECORDS),
  };
}
