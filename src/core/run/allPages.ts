import { ExplainedError, explain } from '../problem/explainedError.ts';
import type { Header, Timings } from '../http/transport.ts';
import { ListWatch } from '../powerschool/listWatch.ts';
import { fetchAllPages, type Page } from '../powerschool/paging.ts';
import { countAgain, type PagingPlan, type PagingRequest, planPages } from '../powerschool/pagingPlan.ts';
import { POWERSCHOOL_PROBLEMS } from '../powerschool/powerschoolProblems.ts';
import { receiveBody, type AnswerBody, type BodyOptions } from './answerBody.ts';
import { COMMA_BYTES, commaSeparated, frameOf, type ListFrame, withoutEnd } from './pageMerge.ts';
import { PageWatch, PreparedSender, type WatchedPage } from './pageWatch.ts';
import type { BodyCut, RequestSender } from './ports.ts';
import type { PreparedRequest } from './prepareRequest.ts';

/** What all pages of a request bring: the head of the first page, and one body with the records of all. */
export interface PagedAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly sentHeaders: readonly Header[];
  readonly url: URL;
  readonly body: AnswerBody;
  /** Of the first page; the other pages count as download. */
  readonly timings: Timings;
  /** Undefined for one answer alone. */
  readonly pages?: PagesOutcome | undefined;
}

/** How the fetching of all pages went. */
export interface PagesOutcome {
  /** Pages with records, those of an earlier run too. */
  readonly fetched: number;
  /** Records the server counted at the start. */
  readonly count: number | undefined;
  /** It ended before the last page; undefined when all are there. */
  readonly unfinished: UnfinishedPages | undefined;
  /** Warnings: records came or went meanwhile. */
  readonly drift: readonly ExplainedError[];
}

/** Where the fetching ended, to go on from there. */
export interface UnfinishedPages {
  /** Undefined when it was cancelled. */
  readonly error: ExplainedError | undefined;
  readonly records: number;
  readonly nextPage: number;
  readonly plan: PagingPlan;
  /** What was asked for. */
  readonly request: PagingRequest;
  readonly frame: ListFrame;
  readonly first: WatchedPage;
  /** A whole body with the records so far. */
  readonly body: AnswerBody;
}

/** For somebody who watches: what arrived is kept when it ends before the last page. */
export interface PagesFollower {
  /** After each page: records so far, and how many the server counted. */
  readonly onProgress: (records: number, count: number | undefined) => void;
  /** Where an earlier run of the same request ended. */
  readonly from?: UnfinishedPages | undefined;
}

export interface AllPagesOptions {
  readonly concurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly body: BodyOptions;
  readonly follower?: PagesFollower | undefined;
}

/** What is sent for every page. */
export type PagesRequest = Pick<PreparedRequest, 'method' | 'url' | 'headers' | 'body' | 'authorize'>;

/** Longest refusal that is kept. */
const MOST_REFUSAL = 1 << 20;

/**
 * Sends a request for every page and puts the records together as one body, in the form of the first page. Without a
 * follower a page that is refused ends it: the refusal is then the answer; rejects like `fetchAllPages` otherwise. With
 * one, what arrived before a failure or a cancel is the answer, and `unfinished` tells how to go on.
 * Rejects with PS9963 or PS9964 when it cannot go on because the request or the count has changed.
 */
export async function sendAllPages(
  prepared: PagesRequest,
  sender: RequestSender,
  options: AllPagesOptions,
): Promise<PagedAnswer> {
  const started = performance.now();
  const run = new AllPagesRun(prepared, sender, options);
  try {
    const cutAt = options.follower && run.cutAt;
    const body = await receiveBody({ body: run.merged(), headers: [] }, { ...options.body, cutAt });
    return { ...answerOf(run.watch.first, body, started), pages: await run.outcome(body) };
  } catch (error) {
    const { refusal } = run.watch;
    if (!(error instanceof ExplainedError) || refusal === undefined || options.follower?.from !== undefined)
      throw error;
    const chunks = (async function* (): AsyncGenerator<Uint8Array> {
      yield refusal.bytes;
    })();
    const received = await receiveBody(
      { body: chunks, headers: refusal.headers },
      { limit: MOST_REFUSAL, openSpool: undefined, indexLarge: false },
    );
    return answerOf(refusal, received, started);
  }
}

class AllPagesRun {
  readonly watch: PageWatch;
  readonly #request: PagingRequest;
  readonly #options: AllPagesOptions;
  readonly #list = new ListWatch();
  #plan: PagingPlan | undefined;
  #frame: ListFrame | undefined;
  #records: number;
  #nextPage = 1;
  #pages = 0;
  /** Pages with records, those of an earlier run too. */
  #fetched = 1;
  #ended: { readonly error: ExplainedError | undefined } | undefined;
  /** Bytes of the body, and where the pages end in it. */
  #length = 0;
  readonly #ends: { readonly length: number; readonly records: number; readonly nextPage: number }[] = [];

  constructor(prepared: PagesRequest, sender: RequestSender, options: AllPagesOptions) {
    const { method, url, headers, body } = prepared;
    const from = options.follower?.from;
    this.#options = options;
    this.watch = new PageWatch(new PreparedSender(prepared, sender), url, from?.first);
    this.#frame = from?.frame;
    this.#records = from?.records ?? 0;
    this.#request = {
      target: url.href,
      method: method === 'POST' ? 'POST' : 'GET',
      headers,
      body: body === undefined ? undefined : Buffer.from(body).toString('utf8'),
      signal: options.signal,
    };
  }

  /** The one body, while the pages come. */
  async *merged(): AsyncGenerator<Uint8Array, void, undefined> {
    const { follower, concurrency } = this.#options;
    const from = follower?.from;
    const plan = await this.#makePlan();
    this.#nextPage = from?.nextPage ?? plan.firstPage;
    if (from !== undefined) {
      const { body, frame, records, nextPage } = from;
      await this.#recall(body, plan.pageSize);
      this.#length = body.size - frame.after.length;
      this.#ends.push({ length: this.#length, records, nextPage });
      yield* withoutEnd(body.read(), frame.after.length);
    }
    const pages = fetchAllPages(this.watch, {
      ...this.#request,
      concurrency,
      plan,
      firstPage: this.#nextPage,
      watch: this.#list,
    });
    let held: Page | undefined;
    try {
      for await (const page of pages) {
        this.#count(page);
        if (this.#frame === undefined && held === undefined) {
          held = page;
        } else {
          if (held !== undefined) yield* this.#begin(held);
          held = undefined;
          if (page.batch.count > 0) yield* this.#add(COMMA_BYTES, page);
        }
        follower?.onProgress(this.#records, plan.count);
      }
    } catch (error) {
      this.#stop(error);
    }
    if (this.#ended !== undefined && held !== undefined) yield* this.#begin(held);
    // One page: its body is the body.
    yield this.#frame?.after ?? this.watch.first.bytes;
  }

  async outcome(body: AnswerBody): Promise<PagesOutcome> {
    const plan = this.#plan;
    if (plan === undefined) throw new Error('the pages were not fetched');
    const { count } = plan;
    const fetched = this.#fetched;
    const ended = this.#ended;
    if (ended !== undefined && this.#frame !== undefined) {
      const unfinished: UnfinishedPages = {
        error: ended.error,
        records: this.#records,
        nextPage: this.#nextPage,
        plan,
        request: this.#request,
        frame: this.#frame,
        first: this.watch.first,
        body,
      };
      return { fetched, count, unfinished, drift: [] };
    }
    const before = plan.firstPage === 1 ? count : undefined;
    const after = before !== undefined && this.#pages > 1 ? await countAgain(this.watch, this.#request) : undefined;
    return {
      fetched,
      count,
      unfinished: undefined,
      drift: this.#list.report({ before, after, fetched: this.#records }),
    };
  }

  /** The plan of the start; the count is asked for again, since later pages begin elsewhere when it has changed. */
  async #makePlan(): Promise<PagingPlan> {
    const from = this.#options.follower?.from;
    if (from !== undefined && !isSame(from.request, this.#request)) throw explain(POWERSCHOOL_PROBLEMS, 'PS9963', []);
    this.#plan = from?.plan ?? (await planPages(this.watch, this.#request));
    const { count } = this.#plan;
    if (from === undefined || count === undefined) return this.#plan;
    const now = await countAgain(this.watch, this.#request);
    if (now !== undefined && now !== count) throw explain(POWERSCHOOL_PROBLEMS, 'PS9964', [count, now]);
    return this.#plan;
  }

  #count({ batch, number, pageSize }: Page): void {
    this.#records += batch.count;
    this.#nextPage = number + 1;
    this.#pages++;
    if (batch.count > 0) this.#fetched = number + 1 - (this.#plan?.firstPage ?? number);
    // The server may give smaller pages than were planned.
    if (this.#plan !== undefined) this.#plan = { ...this.#plan, pageSize };
  }

  /** Looks at the pages that an earlier run brought. */
  async #recall(body: AnswerBody, pageSize: number | undefined): Promise<void> {
    const records = body.records();
    if (records === undefined) return;
    for (let at = 0; at < records.count;) {
      const page = await records.read(at, at + (pageSize ?? records.count));
      this.#list.look(page);
      at += page.count;
    }
  }

  *#begin(page: Page): Generator<Uint8Array, void, undefined> {
    this.#frame = frameOf(this.watch.first.bytes);
    yield* this.#add(this.#frame.before, page);
  }

  *#add(before: Uint8Array, { batch, number }: Page): Generator<Uint8Array, void, undefined> {
    const records = commaSeparated(batch);
    this.#length += before.length + records.length;
    const earlier = this.#ends.at(-1)?.records ?? 0;
    this.#ends.push({ length: this.#length, records: earlier + batch.count, nextPage: number + 1 });
    yield before;
    yield records;
  }

  /** The body cannot be written further: it ends with the last whole page that is there. */
  readonly cutAt = (written: number, error: ExplainedError): BodyCut | undefined => {
    const end = this.#ends.findLast(({ length }) => length <= written);
    if (end === undefined || this.#frame === undefined) return undefined;
    this.#records = end.records;
    this.#nextPage = end.nextPage;
    this.#fetched = end.nextPage - (this.#plan?.firstPage ?? 1);
    this.#ended = { error };
    return { length: end.length, after: this.#frame.after };
  };

  /** Keeps what arrived for somebody who watches; throws when there is nothing, or nobody. */
  #stop(error: unknown): void {
    const { follower, signal } = this.#options;
    const cancelled = signal?.aborted === true;
    if (follower === undefined || this.#records === 0 || !(cancelled || error instanceof ExplainedError)) throw error;
    this.#ended = { error: cancelled ? undefined : (error as ExplainedError) };
  }
}

/** Pages of two requests, or of two servers, do not belong together. */
function isSame(one: PagingRequest, other: PagingRequest): boolean {
  return one.target === other.target && one.method === other.method && one.body === other.body;
}

function answerOf(page: WatchedPage, body: AnswerBody, started: number): PagedAnswer {
  const { status, statusText, headers, sentHeaders, url, timings } = page;
  const before = timings.dns + timings.connect + timings.tls + timings.wait;
  const download = Math.max(0, performance.now() - started - before);
  return { status, statusText, headers, sentHeaders, url, body, timings: { ...timings, download } };
}
