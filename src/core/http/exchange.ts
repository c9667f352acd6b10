import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { BodyBuffer } from './bodyBuffer.ts';
import { decodeBody } from './bodyDecoding.ts';
import { abortReason } from './clock.ts';
import { MOST_HEADER_BYTES, type ConnectionPool } from './connectionPool.ts';
import { explainBodyFailure, explainSendFailure, networkFailure } from './networkFailure.ts';
import {
  DEFAULT_TIMEOUTS,
  headerValue,
  headerValues,
  type Header,
  type HttpRequest,
  type HttpResponse,
} from './transport.ts';

// A body that brings less than this in a whole idle limit is a drip, not a download.
const LEAST_BYTES = 256;
// Of a body that nobody wants, this much and this long (ms) is read to keep the connection.
const MOST_DRAINED = 64 * 1024;
const LONGEST_DRAIN = 250;
// A reader that takes nothing for so long (ms) is not reading: the server's work for it is done for now.
const READER_AWAY = 50;

/**
 * One request on one connection. Watches the limits, ends the socket when one is passed or the caller cancels,
 * measures, and calls `done` exactly once when nothing of it is left.
 */
export class Exchange {
  readonly #request: HttpRequest;
  readonly #pool: ConnectionPool;
  readonly #done: () => void;
  readonly #answer = Promise.withResolvers<HttpResponse>();
  readonly #quiet = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<void>();
  readonly #body = new BodyBuffer({
    room: () => {
      this.#resume();
    },
    abandoned: () => {
      this.#abandon();
    },
  });
  readonly #timings = { dns: 0, connect: 0, tls: 0, wait: 0, download: 0 };
  readonly #opening = new AbortController();
  #outgoing: ClientRequest | undefined;
  #incoming: IncomingMessage | undefined;
  #timer: NodeJS.Timeout | undefined;
  #totalTimer: NodeJS.Timeout | undefined;
  #state: 'waiting' | 'receiving' | 'draining' | 'over' = 'waiting';
  #paused = false;
  #failure: Error | undefined;
  #sentAt = 0;
  #headersAt = 0;
  #bytes = 0;
  #windowStart = 0;
  #windowBytes = 0;
  #announced: number | undefined;

  constructor(request: HttpRequest, pool: ConnectionPool, done: () => void) {
    this.#request = request;
    this.#pool = pool;
    this.#done = done;
  }

  /** Sends; resolves when the headers are there. */
  start(headers: readonly string[]): Promise<HttpResponse> {
    const { method, url, body, signal } = this.#request;
    const { total, connect } = this.#limits;
    signal?.addEventListener('abort', this.#cancel, { once: true });
    if (total !== undefined) {
      this.#totalTimer = setTimeout(() => {
        this.fail(networkFailure('PS908', [total]));
      }, total);
    }
    try {
      const opening = { limit: connect, signal: this.#opening.signal };
      const outgoing = this.#pool.request(method, url.pathname + url.search, headers, opening);
      this.#outgoing = outgoing;
      outgoing.once('socket', (socket) => {
        this.#sent(socket);
      });
      outgoing.once('response', (incoming) => {
        this.#answered(incoming);
      });
      outgoing.on('error', this.#broken);
      outgoing.once('close', this.#broken);
      outgoing.end(body);
    } catch (error) {
      this.#broken(error);
    }
    return this.#answer.promise;
  }

  #sent(socket: Duplex): void {
    if (this.#state === 'over') return;
    Object.assign(this.#timings, this.#pool.takePhases(socket));
    this.#sentAt = performance.now();
    const { headers } = this.#limits;
    this.#timer = setTimeout(() => {
      this.fail(networkFailure('PS905', [this.#host, headers]));
    }, headers);
  }

  #answered(incoming: IncomingMessage): void {
    if (this.#state === 'over') return;
    const { statusCode: status = 0, statusMessage = '' } = incoming;
    const headers = pairs(incoming.rawHeaders);
    this.#incoming = incoming;
    this.#headersAt = performance.now();
    this.#timings.wait = this.#headersAt - this.#sentAt;
    this.#announced = announcedLength(headers, this.#request.method, status);
    this.#state = 'receiving';
    this.#watchBody();
    incoming.on('error', this.#broken);
    incoming.once('close', this.#broken);
    incoming.once('end', () => {
      this.#complete();
    });
    incoming.on('data', (chunk: Buffer) => {
      this.#received(chunk);
    });
    this.#answer.resolve(this.#response(status, statusMessage, headers));
  }

  #received(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#state === 'draining') {
      if (this.#bytes > MOST_DRAINED) this.fail(new Error('not wanted'));
      return;
    }
    this.#timer?.refresh();
    this.#watchRate(chunk.length);
    if (this.#body.push(chunk)) return;
    this.#incoming?.pause();
    this.#paused = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#quiet.resolve();
    }, READER_AWAY);
  }

  #complete(): void {
    if (this.#state === 'over') return;
    this.#timings.download = performance.now() - this.#headersAt;
    this.#finish();
    this.#body.end();
  }

  /** The connection ended, with an error of Node's or without one: a failure unless the answer was all there. */
  readonly #broken = (error?: unknown): void => {
    const state = this.#state;
    if (state === 'over' || (this.#failure === undefined && this.#incoming?.complete === true)) return;
    const cause = this.#failure ?? error ?? new Error('the connection closed');
    this.#finish();
    if (state === 'waiting') {
      const limits = { connect: this.#limits.connect, headerBytes: MOST_HEADER_BYTES };
      this.#answer.reject(this.#failure ?? explainSendFailure(cause, this.#host, limits));
      return;
    }
    this.#timings.download = performance.now() - this.#headersAt;
    this.#body.end(this.#failure ?? explainBodyFailure(cause, this.#host, this.#bytes, this.#announced));
  };

  get #limits(): NonNullable<HttpRequest['timeouts']> {
    return this.#request.timeouts ?? DEFAULT_TIMEOUTS;
  }

  get #host(): string {
    return this.#request.url.host;
  }

  readonly #cancel = (): void => {
    const { signal } = this.#request;
    if (signal !== undefined) this.fail(abortReason(signal));
  };

  /** Ends the request with this reason, and its socket. */
  fail(reason: Error): void {
    if (this.#state === 'over' || this.#failure !== undefined) return;
    this.#failure = reason;
    this.#opening.abort(reason);
    this.#outgoing?.destroy(reason);
    this.#broken();
  }

  #finish(): void {
    this.#state = 'over';
    clearTimeout(this.#timer);
    clearTimeout(this.#totalTimer);
    this.#request.signal?.removeEventListener('abort', this.#cancel);
    this.#quiet.resolve();
    this.#over.resolve();
    this.#done();
  }

  #watchBody(): void {
    clearTimeout(this.#timer);
    const { idleBody } = this.#limits;
    this.#windowStart = performance.now();
    this.#windowBytes = 0;
    this.#timer = setTimeout(() => {
      this.fail(networkFailure('PS906', [this.#host, idleBody]));
    }, idleBody);
  }

  #watchRate(bytes: number): void {
    this.#windowBytes += bytes;
    if (this.#windowBytes >= LEAST_BYTES) {
      this.#windowBytes = 0;
      this.#windowStart = performance.now();
      return;
    }
    const { idleBody } = this.#limits;
    if (performance.now() - this.#windowStart > idleBody) {
      this.fail(networkFailure('PS907', [this.#host, this.#windowBytes, idleBody]));
    }
  }

  #resume(): void {
    if (this.#state !== 'receiving' || !this.#paused) return;
    this.#paused = false;
    this.#watchBody();
    this.#incoming?.resume();
  }

  #abandon(): void {
    if (this.#state === 'receiving') this.fail(new Error('not wanted'));
  }

  #response(status: number, statusText: string, headers: readonly Header[]): HttpResponse {
    const encoding = headerValues(headers, 'content-encoding').join(',');
    return {
      status,
      statusText,
      headers,
      body: encoding === '' ? this.#body.read() : this.#decoded(encoding),
      timings: this.#timings,
      quiet: this.#quiet.promise,
      dispose: () => this.#dispose(),
    };
  }

  async *#decoded(encoding: string): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* decodeBody(this.#body.read(), encoding, this.#host);
    } finally {
      this.#abandon();
    }
  }

  async #dispose(): Promise<void> {
    this.#body.drop();
    if (this.#state !== 'receiving') return;
    const left = this.#announced === undefined ? 0 : this.#announced - this.#bytes;
    if (left > MOST_DRAINED) {
      this.#abandon();
      return;
    }
    this.#state = 'draining';
    this.#bytes = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.fail(new Error('not wanted'));
    }, LONGEST_DRAIN);
    if (this.#paused) this.#incoming?.resume();
    await this.#over.promise;
  }
}

function pairs(raw: readonly string[]): Header[] {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([raw[i] ?? '', raw[i + 1] ?? '']);
  return headers;
}

function announcedLength(headers: readonly Header[], method: string, status: number): number | undefined {
  const length = headerValue(headers, 'content-length');
  if (length === undefined || method === 'HEAD' || status === 204 || status === 304) return undefined;
  return /^\d+$/.test(length) ? Number(length) : undefined;
}
