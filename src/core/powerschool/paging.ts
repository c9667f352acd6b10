import { EMPTY_BATCH, recordBytes, type RecordBatch } from '../output/recordBatch.ts';
import { explain, ExplainedError } from '../problem/explainedError.ts';
import { readBytes } from '../http/bufferedResponse.ts';
import type { ApiResponse, ApiSender } from './client.ts';
import type { ListWatch } from './listWatch.ts';
import { explainResponse } from './errorExplanation.ts';
import { PageBuffers } from './pageBuffers.ts';
import { sliceRecords } from './pageSlicing.ts';
import { POWERSCHOOL_PROBLEMS, type PowerSchoolCode } from './powerschoolProblems.ts';
import { type PagingPlan, type PagingRequest, planPages } from './pagingPlan.ts';
import { pageTarget } from './pagingTarget.ts';

export interface PagingOptions extends PagingRequest {
  /** Pages in flight. */
  readonly concurrency: number;
  /** What `planPages` found; asked for when left out. */
  readonly plan?: PagingPlan | undefined;
  /** The page to begin with, when an earlier run has the ones before. */
  readonly firstPage?: number | undefined;
  /**
   * For many pages: the reader is done with a page before it asks for the next, whose bytes may then take its place,
   * and nobody but this looks at the bodies.
   */
  readonly recycle?: boolean | undefined;
  readonly onNote?: ((note: PagingNote) => void) | undefined;
  /** Looks at every page that is given out. */
  readonly watch?: ListWatch | undefined;
}

/** Things worth telling that do not stop the fetching. */
export type PagingNote =
  /** The server gives fewer records a page than asked for; the page size was changed. */
  { readonly kind: 'serverCutsPages'; readonly asked: number; readonly received: number };

/** One page of a list, in the server's order. */
export interface Page {
  /** Counted from 1, as the server counts. */
  readonly number: number;
  readonly batch: RecordBatch;
  /** Records asked for; undefined when the address does not come in pages. */
  readonly pageSize: number | undefined;
  /** The body; the batch may lie in it. */
  readonly answer: Uint8Array<ArrayBuffer>;
}

/** Longest error answer that is read to explain it. */
const ERROR_BYTES = 64 << 10;
/** The connection was lost: before the answer, or inside its body. */
const CONNECTION_LOST = new Set(['PS902', 'PS927', 'PS928']);
const MOST_TRIES = 3;
const FAR_AWAY = 1_000_000;

/**
 * Fetches the pages of a list, several at a time, and gives them in the server's order until one is shorter than a
 * page. A body that is one object is one record. Nothing beyond the counted records is asked for until the last of
 * them has come full.
 *
 * Throws after the last good page: what the server's refusal means, or PS996 (no list), PS997 (the same page again),
 * PS998 (a page larger than asked for); rejects with the signal's reason when cancelled.
 */
export async function* fetchAllPages(client: ApiSender, options: PagingOptions): AsyncGenerator<Page, void, undefined> {
  const plan = options.plan ?? (await planPages(client, options));
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const fetcher = new PageFetcher(client, { ...options, signal }, plan);
  try {
    yield* fetcher.pages();
  } finally {
    stop.abort();
  }
}

class PageFetcher {
  readonly #client: ApiSender;
  readonly #options: PagingOptions;
  readonly #plan: PagingPlan;
  /** Pages on their way or waiting for their turn, in order. */
  readonly #ahead: Promise<Page>[] = [];
  #pageSize: number | undefined;
  readonly #buffers: PageBuffers;
  #inFlight = 0;
  #checked = false;
  #next: number;
  /** The last page that the count lets expect. */
  #expected: number;

  constructor(client: ApiSender, options: PagingOptions, plan: PagingPlan) {
    this.#client = client;
    this.#options = options;
    this.#buffers = new PageBuffers(options.recycle ?? false);
    this.#plan = plan;
    this.#pageSize = plan.pageSize;
    this.#next = options.firstPage ?? plan.firstPage;
    this.#expected = this.#lastExpected();
  }

  async *pages(): AsyncGenerator<Page, void, undefined> {
    let previous: string | undefined;
    for (;;) {
      this.#fill();
      const head = this.#ahead.shift();
      if (head === undefined) return;
      const page = await head;
      const { batch, number } = page;
      const size = this.#pageSize;
      const whole = size === undefined || size === 0;
      const fingerprint = fingerprintOf(batch);
      if (fingerprint !== undefined && fingerprint === previous) await this.#checkPageNumbers(fingerprint, number - 1);
      previous = fingerprint;
      const isFirst = number === this.#plan.firstPage;
      // A list that is larger than its first page may be does not come in pages at all.
      if (!whole && batch.count > size && !isFirst) throw this.#problem('PS998', number, batch.count, size);
      const cut =
        !whole && isFirst && number === 1 && batch.count > 0 && batch.count < size && this.#isMoreThan(batch.count);
      if (cut) this.#shrink(batch.count);
      const last = whole || batch.count > size || (batch.count < size && !cut);
      if (!last && number >= this.#expected) this.#expected = number + 1;
      if (!last) this.#fill();
      this.#options.watch?.look(batch);
      yield page;
      if (last) return;
      if (this.#options.recycle === true) this.#buffers.recycle(page.answer);
    }
  }

  /** Twice the same page: chance, or does the server take no notice of the page number? A page far away tells. */
  async #checkPageNumbers(fingerprint: string, page: number): Promise<void> {
    if (this.#checked) return;
    this.#checked = true;
    const far = await this.#fetch(page + FAR_AWAY).catch((error: unknown) => {
      if (error instanceof ExplainedError) return undefined;
      throw error;
    });
    if (far !== undefined && fingerprintOf(far.batch) === fingerprint) throw this.#problem('PS997', page);
  }

  #isMoreThan(records: number): boolean {
    return this.#plan.count !== undefined && this.#plan.count > records;
  }

  /** The server gives less than asked for: what was asked ahead starts at the wrong records. */
  #shrink(received: number): void {
    this.#options.onNote?.({ kind: 'serverCutsPages', asked: this.#pageSize ?? 0, received });
    this.#ahead.length = 0;
    this.#inFlight = 0;
    this.#pageSize = received;
    this.#next = 2;
    this.#expected = this.#lastExpected();
  }

  #lastExpected(): number {
    const { count } = this.#plan;
    if (this.#pageSize === undefined || this.#pageSize === 0) return this.#next;
    return count === undefined ? Infinity : Math.max(this.#next, Math.ceil(count / this.#pageSize));
  }

  #fill(): void {
    const { concurrency } = this.#options;
    while (this.#inFlight < concurrency && this.#ahead.length < 2 * concurrency && this.#next <= this.#expected) {
      this.#inFlight++;
      const size = this.#pageSize;
      const page = this.#fetch(this.#next++).finally(() => {
        // One that was given up when the pages became smaller takes no place.
        if (size !== this.#pageSize) return;
        this.#inFlight--;
        this.#fill();
      });
      // Whoever waits for the page hears of it; a page that nobody waits for may fail in silence.
      page.catch(() => undefined);
      this.#ahead.push(page);
    }
  }

  async #fetch(number: number): Promise<Page> {
    const { method = 'GET', headers, body, signal } = this.#options;
    const pageSize = this.#pageSize;
    const target = pageSize === undefined ? this.#options.target : pageTarget(this.#plan.target, number, pageSize);
    for (let tries = 1; ; tries++) {
      let response: ApiResponse | undefined;
      try {
        response = await this.#client.send({ method, target, headers, body, signal });
        return { number, pageSize, ...(await this.#read(response, number)) };
      } catch (error) {
        // The client repeats a GET until its headers are there; a body that breaks off, and a PowerQuery, are ours.
        const lost = error instanceof ExplainedError && CONNECTION_LOST.has(error.code);
        if (!lost || tries === MOST_TRIES || (method === 'GET' && response === undefined)) throw error;
      }
    }
  }

  async #read(response: ApiResponse, number: number): Promise<Pick<Page, 'batch' | 'answer'>> {
    if (response.status < 200 || response.status > 299) {
      const { bytes } = await readBytes(response, ERROR_BYTES);
      throw explainResponse(response, Buffer.from(bytes).toString('utf8')) ?? this.#problem('PS996', number);
    }
    const answer = await this.#buffers.read(response);
    if (response.status === 204) return { batch: EMPTY_BATCH, answer };
    const found = recordsOf(answer, this.#pageSize);
    if (found !== undefined && !(found instanceof SyntaxError)) return { batch: found, answer };
    const start = Buffer.from(answer.subarray(0, ERROR_BYTES)).toString('utf8');
    const refusal = explainResponse(response, start);
    if (refusal !== undefined) throw refusal;
    throw found === undefined
      ? this.#problem('PS996', number)
      : explain(POWERSCHOOL_PROBLEMS, 'PS932', [found.message]);
  }

  #problem(code: PowerSchoolCode, page: number, ...more: number[]): ExplainedError {
    return explain(POWERSCHOOL_PROBLEMS, code, [page, this.#plan.target.path, ...more]);
  }
}

/** The records, undefined when the JSON holds no list of records, the reason when it is no JSON. */
function recordsOf(bytes: Uint8Array, pageSize: number | undefined): RecordBatch | SyntaxError | undefined {
  try {
    return sliceRecords(bytes, pageSize);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

/**
 * Tells two pages apart by their first and last record. Undefined for pages that may well repeat: without records,
 * or with the same record over and over.
 */
function fingerprintOf(batch: RecordBatch): string | undefined {
  if (batch.count < 2) return undefined;
  const first = Buffer.from(recordBytes(batch, 0)).toString('latin1');
  const last = Buffer.from(recordBytes(batch, batch.count - 1)).toString('latin1');
  return first === last ? undefined : `${batch.count} ${first} ${last}`;
}
