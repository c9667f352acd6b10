import type { RecordBatch } from '../output/recordBatch.ts';
import { explain, ExplainedError } from '../problem/explainedError.ts';
import { IdSet } from './idSet.ts';
import { POWERSCHOOL_PROBLEMS } from './powerschoolProblems.ts';
import { RecordIdReader } from './recordId.ts';

/** How many records there were, by what the server counts and by what came. */
export interface ListCounts {
  /** Undefined when the server does not count this list. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly fetched: number;
}

/**
 * Looks at the pages of a list while they pass by, to tell at the end whether records came or went meanwhile: every
 * page is another question to the server, and the list may have moved between two of them.
 *
 * A record that comes twice is found by its id. Ids that repeat within one page are no ids of the records (a
 * PowerQuery that joins tables repeats the id of its first one): then only the counts tell.
 */
export class ListWatch {
  #reader: RecordIdReader | undefined;
  #started = false;
  readonly #seen = new IdSet();
  #repeated = 0;
  #example = 0;

  /** A page, before its bytes are used for something else. */
  look(batch: RecordBatch): void {
    if (batch.count === 0) return;
    if (!this.#started) this.#start(batch);
    const reader = this.#reader;
    if (reader === undefined) return;
    const suspects: number[] = [];
    for (let i = 0; i < batch.count; i++) {
      const id = reader.read(batch, i);
      if (id < 0) continue;
      const isNew = this.#seen.add(id);
      if (isNew === undefined) return this.#giveUp();
      if (!isNew) suspects.push(id);
    }
    if (suspects.length > 0) this.#judge(batch, reader, suspects);
  }

  /** What is worth telling about the whole list: PS9960, PS9962 and PS9961, in this order; nothing when all is well. */
  report({ before, after, fetched }: ListCounts): ExplainedError[] {
    const problems: ExplainedError[] = [];
    if (before !== undefined && after !== undefined && before !== after) {
      problems.push(explain(POWERSCHOOL_PROBLEMS, 'PS9960', [before, after, fetched]));
    } else if (before !== undefined && before !== fetched) {
      problems.push(explain(POWERSCHOOL_PROBLEMS, 'PS9962', [before, fetched]));
    }
    if (this.#repeated > 0) problems.push(explain(POWERSCHOOL_PROBLEMS, 'PS9961', [this.#repeated, this.#example]));
    return problems;
  }

  #start(batch: RecordBatch): void {
    this.#started = true;
    try {
      this.#reader = RecordIdReader.of(batch);
    } catch (error) {
      // A broken record is the business of whoever writes it.
      if (!(error instanceof ExplainedError)) throw error;
    }
  }

  /** Twice in one page: the ids do not tell records apart. Else they came in an earlier page. */
  #judge(batch: RecordBatch, reader: RecordIdReader, suspects: readonly number[]): void {
    const here = new Set<number>();
    for (let i = 0; i < batch.count; i++) {
      const id = reader.read(batch, i);
      if (id < 0) continue;
      if (here.has(id)) return this.#giveUp();
      here.add(id);
    }
    if (this.#repeated === 0) this.#example = suspects[0] ?? 0;
    this.#repeated += suspects.length;
  }

  #giveUp(): void {
    this.#reader = undefined;
    this.#repeated = 0;
  }
}
