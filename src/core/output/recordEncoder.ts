import { ChosenRecords } from './chosenRecords.ts';
import { ColumnChoice } from './columnChoice.ts';
import { type Column, ColumnSet } from './columns.ts';
import { csvHeader, CsvRows } from './csvRows.ts';
import { joinRecords, toNdjson } from './ndjson.ts';
import { type RecordBatch, recordValue } from './recordBatch.ts';

export type RecordFormat = 'json' | 'ndjson' | 'csv';

export interface EncoderOptions {
  readonly format: RecordFormat;
  /** Columns known before the first record, for CSV. */
  readonly known?: readonly Column[] | undefined;
  /** Names of the columns the user wants; the others are left out. */
  readonly chosen?: readonly string[] | undefined;
  /** The chosen names are whole names, letter for letter. */
  readonly exact?: boolean | undefined;
  /** Start a CSV file with a byte order mark: Excel takes it for UTF-8 then. */
  readonly byteOrderMark?: boolean | undefined;
  /** Leave texts alone that a spreadsheet would run as formulas. */
  readonly keepFormulas?: boolean | undefined;
  /** Where an earlier run stopped; nothing when this one starts. */
  readonly earlier?: EncoderProgress | undefined;
}

/** What an encoder has to remember between two runs. */
export interface EncoderProgress {
  readonly columns: readonly Column[];
  /** Columns in the header line as it is in the file. */
  readonly headerWidth: number;
  readonly records: number;
}

/** Batches that are looked at for columns before the header is written. */
const SAMPLE_BATCHES = 4;
const SAMPLE_BYTES = 16 << 20;

/** Turns batches of records into the bytes of a file, in order. */
export class RecordEncoder {
  readonly #options: EncoderOptions;
  readonly #columns: ColumnSet;
  readonly #choice: ColumnChoice | undefined;
  readonly #csv: CsvRows;
  readonly #cut: ChosenRecords | undefined;
  #sample: RecordBatch[] | undefined;
  #sampleBytes = 0;
  #records: number;
  #headerWidth: number;

  constructor(options: EncoderOptions) {
    this.#options = options;
    const { earlier, chosen } = options;
    this.#columns = new ColumnSet(earlier?.columns ?? options.known);
    this.#choice = chosen === undefined ? undefined : new ColumnChoice(chosen, this.#columns, options.exact);
    this.#csv = new CsvRows(this.#columns, this.#choice, options.keepFormulas ?? false);
    this.#cut = this.#choice === undefined ? undefined : new ChosenRecords(this.#columns, this.#choice);
    this.#records = earlier?.records ?? 0;
    this.#headerWidth = earlier?.headerWidth ?? 0;
    const needsColumns = options.format === 'csv' || chosen !== undefined;
    this.#sample = needsColumns && earlier === undefined ? [] : undefined;
  }

  /** The batches so far wait for the header: nothing of them was given out. */
  get waiting(): boolean {
    return this.#sample !== undefined;
  }

  /** Records taken in, those that wait for the header too. */
  get taken(): number {
    return (this.#sample ?? []).reduce((sum, { count }) => sum + count, this.#records);
  }

  get progress(): EncoderProgress {
    return { columns: this.#columns.columns, headerWidth: this.#headerWidth, records: this.#records };
  }

  /** Names of columns that are not in the header line: the file has to be written again with `header`. */
  get lateColumns(): readonly string[] {
    if (this.#options.format !== 'csv' || this.#choice !== undefined || this.waiting) return [];
    return this.#columns.columns.slice(this.#headerWidth).map((column) => column.name);
  }

  /** Chosen names that no record has shown. */
  get unseen(): readonly string[] {
    return this.#choice?.unseen ?? [];
  }

  /** The header line with all columns that are known now. */
  get header(): Uint8Array {
    const names = this.#choice?.names ?? this.#columns.columns.map((column) => column.name);
    return Buffer.from(`${this.#options.byteOrderMark === true ? '\uFEFF' : ''}${csvHeader(names)}`, 'utf8');
  }

  /**
   * The bytes to write next; none while the first batches are looked at. They may lie in the batch, which is
   * overwritten for that.
   * Throws PS976 for an ambiguous chosen name and PS977 for a record that is broken JSON.
   */
  encode(batch: RecordBatch): Uint8Array {
    if (this.#sample === undefined) return this.#body(batch);
    // The batch is its owner's again once this returns.
    this.#sample.push({ ...batch, bytes: batch.bytes.slice(), ranges: batch.ranges.slice() });
    this.#sampleBytes += batch.bytes.length;
    return this.#sample.length < SAMPLE_BATCHES && this.#sampleBytes < SAMPLE_BYTES ? NOTHING : this.#start();
  }

  /** The last bytes of a whole file. */
  end(): Uint8Array {
    const rest = this.#start();
    if (this.#options.format !== 'json') return rest;
    return Buffer.concat([rest, Buffer.from(this.#records === 0 ? '[]\n' : '\n]\n', 'utf8')]);
  }

  /** What waits for the header, when the run stops before its end. */
  flush(): Uint8Array {
    return this.#start();
  }

  #start(): Uint8Array {
    const sample = this.#sample;
    if (sample === undefined) return NOTHING;
    for (const batch of sample) {
      for (let i = 0; i < batch.count; i++) this.#columns.discover(recordValue(batch, i));
    }
    this.#columns.settle();
    this.#choice?.bind();
    this.#sample = undefined;
    const parts: Uint8Array[] = [];
    if (this.#options.format === 'csv') {
      parts.push(this.header);
      this.#headerWidth = this.#columns.columns.length;
    }
    for (const batch of sample) parts.push(this.#body(batch));
    return Buffer.concat(parts);
  }

  #body(batch: RecordBatch): Uint8Array {
    const first = this.#records === 0;
    this.#records += batch.count;
    if (this.#options.format === 'csv') return this.#csv.rows(batch);
    const cut = this.#cut?.cut(batch) ?? batch;
    if (this.#options.format === 'ndjson') return toNdjson(cut);
    if (cut.count === 0) return NOTHING;
    const joined = joinRecords(cut, COMMA_LINE_END, []);
    if (first) joined[0] = OPEN_BRACKET;
    return joined;
  }
}

const NOTHING = new Uint8Array(0);
const COMMA_LINE_END = [0x2c, 0x0a];
const OPEN_BRACKET = 0x5b;
