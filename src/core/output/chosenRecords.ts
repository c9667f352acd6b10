import type { ColumnChoice } from './columnChoice.ts';
import type { ColumnSet } from './columns.ts';
import { GrowingBytes } from './growingBytes.ts';
import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT } from './jsonBytes.ts';
import type { RecordBatch } from './recordBatch.ts';
import { CellKind, RecordReader } from './recordReader.ts';

/** Cuts records down to the chosen columns: flat objects, the names as the user wrote them, null where empty. */
export class ChosenRecords {
  readonly #reader: RecordReader;
  readonly #choice: ColumnChoice;
  readonly #keys: readonly Uint8Array[];
  readonly #out = new GrowingBytes();

  constructor(columns: ColumnSet, choice: ColumnChoice) {
    this.#reader = new RecordReader(columns);
    this.#choice = choice;
    this.#keys = choice.names.map((name) => Buffer.from(JSON.stringify(name), 'utf8'));
  }

  /** Throws PS977 for a record that is broken JSON. */
  cut(batch: RecordBatch): RecordBatch {
    const ranges = new Uint32Array(2 * batch.count);
    const out = this.#out;
    for (let i = 0; i < batch.count; i++) {
      const start = batch.ranges[2 * i] as number;
      const end = batch.ranges[2 * i + 1] as number;
      this.#reader.read(batch.bytes, start, end);
      if (this.#choice.bind()) this.#reader.read(batch.bytes, start, end);
      ranges[2 * i] = out.length;
      out.byte(OPEN_OBJECT);
      for (const [index, key] of this.#keys.entries()) {
        if (index > 0) out.byte(COMMA);
        out.append(key);
        out.byte(COLON);
        this.#value(this.#choice.slots[index] ?? -1);
      }
      out.byte(CLOSE_OBJECT);
      ranges[2 * i + 1] = out.length;
      out.byte(0x0a);
    }
    return { bytes: out.take(), ranges, count: batch.count, contiguous: true };
  }

  #value(slot: number): void {
    const { kinds, starts, ends, bytes, values } = this.#reader;
    const kind = slot < 0 ? CellKind.empty : (kinds[slot] ?? CellKind.empty);
    const out = this.#out;
    if (kind === CellKind.empty) {
      out.text('null');
    } else if (kind === CellKind.value) {
      out.text(JSON.stringify(values[slot]));
    } else {
      const start = starts[slot] as number;
      const end = ends[slot] as number;
      const isText = kind === CellKind.text || kind === CellKind.textWithComma || kind === CellKind.escapedText;
      if (kind === CellKind.listOfOne) out.byte(OPEN_ARRAY);
      if (isText) out.copy(bytes, start - 1, end + 1);
      else out.copy(bytes, start, end);
      if (kind === CellKind.listOfOne) out.byte(CLOSE_ARRAY);
    }
  }
}
