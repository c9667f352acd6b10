import type { Header, Timings } from '../http/transport.ts';
import type { RecordBatch } from '../output/recordBatch.ts';
import { ExplainedError } from '../problem/explainedError.ts';
import type { ApiRequest, ApiResponse, ApiSender } from '../powerschool/client.ts';
import { sliceRecords } from '../powerschool/pageSlicing.ts';
import { fetchAllPages } from '../powerschool/paging.ts';
import { receiveBody, type AnswerBody, type BodyOptions } from './answerBody.ts';
import type { RequestSender } from './ports.ts';
import type { PreparedRequest } from './prepareRequest.ts';

/** What `# @pages all` brings: the head of the first page, and one body with the records of all. */
export interface PagedAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly sentHeaders: readonly Header[];
  readonly url: URL;
  readonly body: AnswerBody;
  /** Of the first page; the other pages count as download. */
  readonly timings: Timings;
}

export interface AllPagesOptions {
  readonly concurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly body: BodyOptions;
}

/** Longest refusal that is kept. */
const MOST_REFUSAL = 1 << 20;

/**
 * Sends a request for every page and puts the records together as one body, in the form of the first page. A page
 * that is refused ends it: the refusal is then the answer. Rejects like `fetchAllPages` otherwise.
 */
export async function sendAllPages(
  prepared: PreparedRequest,
  sender: RequestSender,
  options: AllPagesOptions,
): Promise<PagedAnswer> {
  const started = performance.now();
  const watch = new PageWatch(prepared, sender);
  const { method, url, headers, body } = prepared;
  const pages = fetchAllPages(watch, {
    target: url.href,
    method: method === 'POST' ? 'POST' : 'GET',
    headers,
    body: body === undefined ? undefined : Buffer.from(body).toString('utf8'),
    signal: options.signal,
    concurrency: options.concurrency,
  });
  try {
    const merged = mergePages(pages, watch);
    const received = await receiveBody({ body: merged, headers: [] }, options.body);
    return answerOf(watch.first, received, started);
  } catch (error) {
    const { refusal } = watch;
    if (!(error instanceof ExplainedError) || refusal === undefined) throw error;
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

interface WatchedPage {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly sentHeaders: readonly Header[];
  readonly url: URL;
  readonly timings: Timings;
  readonly bytes: Uint8Array;
}

/** Passes requests on and keeps what the first page, or a refused one, looked like. */
class PageWatch implements ApiSender {
  readonly #prepared: PreparedRequest;
  readonly #sender: RequestSender;
  #first: WatchedPage | undefined;
  refusal: WatchedPage | undefined;

  constructor(prepared: PreparedRequest, sender: RequestSender) {
    this.#prepared = prepared;
    this.#sender = sender;
  }

  get first(): WatchedPage {
    if (this.#first === undefined) throw new Error('no page was read');
    return this.#first;
  }

  async send(request: ApiRequest): Promise<ApiResponse> {
    const { url, authorize } = this.#prepared;
    const target = new URL(request.target, url);
    const { method, headers = [], body, signal } = request;
    const response = await this.#sender.send({
      method,
      target: target.href,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
      authorize,
    });
    const isPage = target.pathname === url.pathname;
    const good = response.status >= 200 && response.status < 300;
    const chunks: Uint8Array[] = [];
    const keep = isPage && (this.#first === undefined || !good);
    const done = (): void => {
      const { status, statusText, sentHeaders, timings } = response;
      const page = {
        status,
        statusText,
        headers: response.headers,
        sentHeaders,
        url: response.url,
        timings,
        bytes: Buffer.concat(chunks),
      };
      if (good) this.#first ??= page;
      else this.refusal ??= page;
    };
    return {
      method,
      url: response.url,
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
      sentHeaders: response.sentHeaders,
      durationMs: response.durationMs,
      get timings() {
        return response.timings;
      },
      body: keep ? watched(response.body, chunks, done) : response.body,
      dispose: () => response.dispose(),
    };
  }
}

async function* watched(
  body: AsyncIterable<Uint8Array>,
  into: Uint8Array[],
  done: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of body) {
      into.push(chunk);
      yield chunk;
    }
  } finally {
    done();
  }
}

async function* mergePages(
  pages: ReturnType<typeof fetchAllPages>,
  watch: PageWatch,
): AsyncGenerator<Uint8Array, void, undefined> {
  let held: RecordBatch | undefined;
  let frame: Frame | undefined;
  for await (const { batch } of pages) {
    if (held === undefined) {
      held = batch;
      continue;
    }
    if (frame === undefined) {
      frame = frameOf(watch.first.bytes);
      yield frame.before;
      yield* commaSeparated(held);
    }
    if (batch.count === 0) continue;
    yield COMMA;
    yield* commaSeparated(batch);
  }
  // One page: its body is the body.
  yield frame?.after ?? watch.first.bytes;
}

const COMMA = Uint8Array.of(0x2c);

interface Frame {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** What stands before the first record of a page and after its last. */
function frameOf(page: Uint8Array): Frame {
  const sliced = sliceRecords(page);
  const compact =
    sliced?.contiguous === true
      ? sliced
      : sliceRecords(Buffer.from(JSON.stringify(JSON.parse(Buffer.from(page).toString('utf8')))));
  if (compact === undefined || !compact.contiguous || compact.count === 0)
    return { before: Buffer.from('['), after: Buffer.from(']') };
  return {
    before: compact.bytes.subarray(0, compact.ranges[0]),
    after: compact.bytes.subarray(compact.ranges[2 * compact.count - 1]),
  };
}

function* commaSeparated(batch: RecordBatch): Generator<Uint8Array, void, undefined> {
  for (let i = 0; i < batch.count; i++) {
    if (i > 0) yield COMMA;
    yield batch.bytes.subarray(batch.ranges[2 * i], batch.ranges[2 * i + 1]);
  }
}

function answerOf(page: WatchedPage, body: AnswerBody, started: number): PagedAnswer {
  const { status, statusText, headers, sentHeaders, url, timings } = page;
  const before = timings.dns + timings.connect + timings.tls + timings.wait;
  const download = Math.max(0, performance.now() - started - before);
  return { status, statusText, headers, sentHeaders, url, body, timings: { ...timings, download } };
}
