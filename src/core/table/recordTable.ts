import type { Column } from '../output/columns.ts';
import { type RecordBatch, recordValue } from '../output/recordBatch.ts';
import type { RecordSource } from '../records/recordSource.ts';
import { type ColumnFacts, FactsCollector } from './columnFacts.ts';
import { type ColumnRanks, orderByRanks, type Pause, RankBuilder } from './columnRanks.ts';
import { summarize, type ColumnSummary } from './columnSummary.ts';
import { type CellCondition, cellCondition, RowSearch } from './rowCondition.ts';
import { type CellMask, TableCells } from './tableCells.ts';

export interface SortKey {
  readonly slot: number;
  readonly descending: boolean;
}

export interface ColumnFilter {
  readonly slot: number;
  /** As typed, see `cellCondition`. */
  readonly text: string;
}

/** Which records are shown, and in which order. */
export interface Arrangement {
  /** The first one counts most. */
  readonly sort: readonly SortKey[];
  readonly filters: readonly ColumnFilter[];
  /** Looked for in the cells of `searched`. */
  readonly search: string;
  readonly searched: readonly number[];
}

export interface Work {
  readonly signal: AbortSignal;
  /** Part that is done, from 0 to 1. */
  readonly onProgress: (done: number) => void;
  /** Lets others have their turn: called often, between short pieces of work. */
  readonly pause: Pause;
}

/** Records that are looked at for columns before anything is shown. */
const SAMPLE_RECORDS = 200;
const SAMPLE_BATCHES = 4;
/** Characters of a cell that are shown in the table. */
const MOST_SHOWN = 300;
/** Sorted columns that are remembered: four bytes for each record. */
const MOST_RANKS = 3;

/**
 * The records of one answer as a table. Nothing but offsets and numbers is kept for a record; cells are read from its
 * bytes whenever they are asked for.
 */
export class RecordTable {
  readonly #source: RecordSource;
  readonly #cells = new TableCells();
  #facts = new FactsCollector();
  readonly #ranks = new Map<number, ColumnRanks>();
  #scanned: Promise<void> | undefined;
  #filtered: { readonly key: string; readonly rows: Uint32Array } | undefined;
  /** Undefined: all records as they came. */
  #order: Uint32Array | undefined;

  constructor(source: RecordSource) {
    this.#source = source;
  }

  /** Records of the answer. */
  get records(): number {
    return this.#source.count;
  }

  /** Records that are shown. */
  get rows(): number {
    return this.#order?.length ?? this.#source.count;
  }

  /** The records that are shown, in order; undefined when all are, as they came. */
  get order(): Uint32Array | undefined {
    return this.#order;
  }

  get columns(): readonly Column[] {
    return this.#cells.columns;
  }

  set mask(mask: CellMask | undefined) {
    this.#cells.mask = mask;
  }

  /** What is known about a column so far; final after `scan`. */
  factsOf(slot: number): ColumnFacts {
    return this.#facts.of(slot);
  }

  /** Finds the columns of the first records. */
  async prepare(): Promise<void> {
    const sample: unknown[] = [];
    for (let round = 0; round < SAMPLE_BATCHES && sample.length < Math.min(SAMPLE_RECORDS, this.records); round++) {
      const batch = await this.#source.read(sample.length, SAMPLE_RECORDS);
      for (let at = 0; at < batch.count; at++) sample.push(valueOf(batch, at));
    }
    this.#cells.discover(sample);
  }

  /** Looks at every record once: late columns, types, empty cells. */
  scan(work: Work): Promise<void> {
    this.#scanned ??= this.#each(undefined, work, () => this.#facts.add(this.#cells)).catch((error: unknown) => {
      this.#scanned = undefined;
      this.#facts = new FactsCollector();
      throw error;
    });
    return this.#scanned;
  }

  /** Cells of the rows `from` up to `to`, shortened; null where there is no value. */
  async window(from: number, to: number, slots: readonly number[]): Promise<(string | null)[][]> {
    const rows: (string | null)[][] = [];
    await this.#rows(from, to, () => {
      rows.push(slots.map((slot) => shortened(this.#cells.text(slot))));
    });
    return rows;
  }

  /** One cell, whole; an object or list as JSON. */
  async cell(row: number, slot: number): Promise<string | null> {
    let text: string | null = null;
    await this.#rows(row, row + 1, () => {
      text = this.#cells.text(slot);
    });
    return text;
  }

  /** Calls for each of these rows, with the cells at it. */
  async visit(from: number, to: number, visit: (cells: TableCells) => void): Promise<void> {
    await this.#rows(from, to, () => visit(this.#cells));
  }

  /** Filters and sorts. What was shown before stays when the signal ends it. */
  async arrange(arrangement: Arrangement, work: Work): Promise<void> {
    const rows = await this.#filter(arrangement, work);
    let order = rows;
    for (const { slot, descending } of arrangement.sort.toReversed()) {
      const ranks = await this.#rank(slot, work);
      order = orderByRanks(
        order ?? Uint32Array.from({ length: this.records }, (_, record) => record),
        ranks,
        descending,
      );
      await work.pause();
      work.signal.throwIfAborted();
    }
    this.#order = order;
  }

  /** Counts the values of a column over the rows that are shown. */
  async summary(slot: number, work: Work): Promise<ColumnSummary> {
    const counts = new Map<string, number>();
    let empty = 0;
    await this.#each(this.#order, work, () => {
      const text = this.#cells.text(slot);
      if (text === null || text === '') empty++;
      else counts.set(text, (counts.get(text) ?? 0) + 1);
    });
    return summarize(counts, { rows: this.rows, empty, type: this.#facts.of(slot).type });
  }

  async #filter({ filters, search, searched }: Arrangement, work: Work): Promise<Uint32Array | undefined> {
    const looking = new RowSearch(search);
    // Comparisons need the type of the column.
    if (filters.some(({ text }) => /^\s*[<>]/.test(text))) await this.scan(work);
    const conditions = filters.flatMap(({ slot, text }): { slot: number; passes: CellCondition }[] => {
      const passes = cellCondition(text, this.#facts.of(slot).type);
      return passes === undefined ? [] : [{ slot, passes }];
    });
    if (conditions.length === 0 && looking.isEmpty) return undefined;
    const key = JSON.stringify([filters, search, looking.isEmpty ? [] : searched]);
    if (this.#filtered?.key === key) return this.#filtered.rows;
    const rows = new Uint32Array(this.records);
    let count = 0;
    const cells = this.#cells;
    await this.#each(
      undefined,
      work,
      (record) => {
        if (!conditions.every(({ slot, passes }) => passes(cells.text(slot)))) return;
        if (!looking.isEmpty && !searched.some((slot) => looking.holds(cells.text(slot)))) return;
        rows[count++] = record;
      },
      looking.isEmpty ? undefined : (bytes, start, end) => looking.mayHold(bytes, start, end),
    );
    this.#filtered = { key, rows: rows.slice(0, count) };
    return this.#filtered.rows;
  }

  async #rank(slot: number, work: Work): Promise<ColumnRanks> {
    const known = this.#ranks.get(slot);
    if (known !== undefined) return known;
    await this.scan(work);
    const builder = new RankBuilder(this.records, this.#facts.of(slot).type);
    await this.#each(undefined, work, (record) => builder.add(record, this.#cells.raw(slot)));
    const ranks = await builder.finish(async () => {
      await work.pause();
      work.signal.throwIfAborted();
    });
    const [oldest] = this.#ranks.keys();
    if (oldest !== undefined && this.#ranks.size >= MOST_RANKS) this.#ranks.delete(oldest);
    this.#ranks.set(slot, ranks);
    return ranks;
  }

  async #rows(from: number, to: number, visit: () => void): Promise<void> {
    const end = Math.min(to, this.rows);
    const order = this.#order;
    for (let at = from; at < end;) {
      const batch =
        order === undefined ? await this.#source.read(at, end) : await this.#source.pick(order.subarray(at, end));
      for (let index = 0; index < batch.count; index++) {
        this.#cells.read(batch, index);
        visit();
      }
      at += batch.count;
    }
  }

  /** Goes through records, all or those of `order`, and tells how far it came. */
  async #each(
    order: Uint32Array | undefined,
    { signal, onProgress, pause }: Work,
    visit: (record: number) => void,
    wanted?: (bytes: Uint8Array, start: number, end: number) => boolean,
  ): Promise<void> {
    const count = order?.length ?? this.records;
    for (let at = 0; at < count;) {
      signal.throwIfAborted();
      const batch =
        order === undefined
          ? await this.#source.read(at, Math.min(count, at + READ_AHEAD))
          : await this.#source.pick(order.subarray(at, at + READ_AHEAD / 8));
      const { bytes, ranges } = batch;
      for (let index = 0; index < batch.count; index++) {
        const isWanted = wanted?.(bytes, ranges[2 * index] as number, ranges[2 * index + 1] as number) ?? true;
        if (!isWanted) continue;
        this.#cells.read(batch, index);
        visit(order === undefined ? at + index : (order[at + index] as number));
      }
      at += batch.count;
      onProgress(at / count);
      await pause();
    }
  }
}

/** Records that are read between two pauses. */
const READ_AHEAD = 4096;

function valueOf(batch: RecordBatch, at: number): unknown {
  try {
    return recordValue(batch, at);
  } catch {
    return {};
  }
}

function shortened(text: string | null): string | null {
  return text === null || text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}
