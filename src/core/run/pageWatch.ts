import type { Header, Timings } from '../http/transport.ts';
import type { ApiRequest, ApiResponse, ApiSender } from '../powerschool/client.ts';
import type { RequestSender } from './ports.ts';
import type { PreparedRequest } from './prepareRequest.ts';

/** A page as it was answered. */
export interface WatchedPage {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly sentHeaders: readonly Header[];
  readonly url: URL;
  readonly timings: Timings;
  readonly bytes: Uint8Array;
}

/** Sends the pages of a prepared request: with its token only where the request itself may carry one. */
export class PreparedSender implements ApiSender {
  readonly #prepared: Pick<PreparedRequest, 'url' | 'authorize'>;
  readonly #sender: RequestSender;

  constructor(prepared: Pick<PreparedRequest, 'url' | 'authorize'>, sender: RequestSender) {
    this.#prepared = prepared;
    this.#sender = sender;
  }

  async send({ method, target, headers = [], body, signal }: ApiRequest): Promise<ApiResponse> {
    const { url, authorize } = this.#prepared;
    const { href } = new URL(target, url);
    const response = await this.#sender.send({
      method,
      target: href,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
      authorize,
    });
    return { ...response, method };
  }
}

/** Passes requests on and keeps what the first page, or a refused one, looked like. */
export class PageWatch implements ApiSender {
  readonly #inner: ApiSender;
  readonly #url: URL;
  #first: WatchedPage | undefined;
  /** The page that was asked for first; others may arrive before it. */
  #firstTarget: string | undefined;
  refusal: WatchedPage | undefined;

  /** @param first the first page of a run that goes on. */
  constructor(inner: ApiSender, url: URL, first?: WatchedPage) {
    this.#inner = inner;
    this.#url = url;
    this.#first = first;
  }

  get first(): WatchedPage {
    if (this.#first === undefined) throw new Error('no page was read');
    return this.#first;
  }

  async send(request: ApiRequest): Promise<ApiResponse> {
    const isPage = new URL(request.target, this.#url).pathname === this.#url.pathname;
    if (isPage) this.#firstTarget ??= request.target;
    const response = await this.#inner.send(request);
    const good = response.status >= 200 && response.status < 300;
    if (!isPage || (good && (this.#first !== undefined || request.target !== this.#firstTarget))) return response;
    const chunks: Uint8Array[] = [];
    const done = (whole: boolean): void => {
      const { status, statusText, headers, sentHeaders, url, timings } = response;
      const page = { status, statusText, headers, sentHeaders, url, timings, bytes: Buffer.concat(chunks) };
      if (!good) this.refusal ??= page;
      // A page that breaks off is asked for again.
      else if (whole) this.#first = page;
    };
    return { ...response, body: watched(response.body, chunks, done) };
  }
}

async function* watched(
  body: AsyncIterable<Uint8Array>,
  into: Uint8Array[],
  done: (whole: boolean) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let whole = false;
  try {
    for await (const chunk of body) {
      into.push(chunk);
      yield chunk;
    }
    whole = true;
  } finally {
    done(whole);
  }
}
