import type { DispatchController, DispatchHandler } from 'undici/lib/dispatcher/client.js';
import { BodyBuffer } from './bodyBuffer.ts';
import { decodeBody } from './bodyDecoding.ts';
import { onAbort } from './clock.ts';
import { MOST_HEADER_BYTES, type Connection } from './connection.ts';
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
 * measures, and gives the connection back through `done` exactly once.
 */
export class Exchange implements DispatchHandler {
  readonly #request: HttpRequest;
  readonly #connection: Connection;
  readonly #done: (reusable: boolean) => void;
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
  #controller: DispatchController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #totalTimer: NodeJS.Timeout | undefined;
  #stopListening: (() => void) | undefined;
  #state: 'waiting' | 'receiving' | 'draining' | 'over' = 'waiting';
  #paused = false;
  #failure: Error | undefined;
  #sentAt = 0;
  #headersAt = 0;
  #received = 0;
  #windowStart = 0;
  #windowBytes = 0;
  #announced: number | undefined;

  constructor(request: HttpRequest, connection: Connection, done: (reusable: boolean) => void) {
    this.#request = request;
    this.#connection = connection;
    this.#done = done;
  }

  /** Sends; resolves when the headers are there. */
  start(headers: readonly string[]): Promise<HttpResponse> {
    const { method, url, body, signal } = this.#request;
    const limits = this.#limits;
    this.#stopListening = onAbort(signal, (reason) => {
      this.#fail(reason);
    });
    if (limits.total !== undefined) {
      const { total } = limits;
      this.#totalTimer = setTimeout(() => {
        this.#fail(networkFailure('PS908', [total]));
      }, total);
    }
    this.#connection.connectLimit = limits.connect;
    // The limits of headers and body are watched here: undici's own timers tick in whole seconds.
    const payload = body === undefined || body.length === 0 ? null : body;
    const path = url.pathname + url.search;
    this.#connection.dispatch({ path, method, headers, body: payload, headersTimeout: 0, bodyTimeout: 0 }, this);
    return this.#answer.promise;
  }

  onRequestStart(controller: DispatchController): void {
    this.#controller = controller;
    if (this.#failure !== undefined) {
      controller.abort(this.#failure);
      return;
    }
    Object.assign(this.#timings, this.#connection.takePhases());
    this.#sentAt = performance.now();
    const { headers } = this.#limits;
    this.#timer = setTimeout(() => {
      this.#fail(networkFailure('PS905', [this.#host, headers]));
    }, headers);
  }

  onResponseStart(controller: DispatchController, status: number, _headers: unknown, statusText = ''): void {
    // An interim answer such as 103; the real one follows.
    if (status < 200) return;
    const headers = pairs(controller.rawHeaders ?? []);
    this.#headersAt = performance.now();
    this.#timings.wait = this.#headersAt - this.#sentAt;
    this.#announced = announcedLength(headers, this.#request.method, status);
    this.#state = 'receiving';
    this.#watchBody();
    this.#answer.resolve(this.#response(status, statusText, headers));
  }

  onResponseData(controller: DispatchController, chunk: Buffer): void {
    this.#received += chunk.length;
    if (this.#state === 'draining') {
      if (this.#received > MOST_DRAINED) this.#fail(new Error('not wanted'));
      return;
    }
    this.#timer?.refresh();
    this.#watchRate(chunk.length);
    if (this.#body.push(chunk)) return;
    controller.pause();
    this.#paused = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#quiet.resolve();
    }, READER_AWAY);
  }

  onResponseEnd(): void {
    this.#timings.download = performance.now() - this.#headersAt;
    this.#finish(true);
    this.#body.end();
  }

  onResponseError(_controller: DispatchController | null, error: Error): void {
    const waiting = this.#state === 'waiting';
    this.#finish(false);
    if (waiting) {
      const limits = { connect: this.#limits.connect, headerBytes: MOST_HEADER_BYTES };
      this.#answer.reject(this.#failure ?? explainSendFailure(error, this.#host, limits));
      return;
    }
    this.#timings.download = performance.now() - this.#headersAt;
    this.#body.end(this.#failure ?? explainBodyFailure(error, this.#host, this.#received, this.#announced));
  }

  get #limits(): NonNullable<HttpRequest['timeouts']> {
    return this.#request.timeouts ?? DEFAULT_TIMEOUTS;
  }

  get #host(): string {
    return this.#request.url.host;
  }

  /** Ends the socket; undici then reports to `onResponseError`, where this reason is what counts. */
  #fail(reason: Error): void {
    if (this.#state === 'over' || this.#failure !== undefined) return;
    this.#failure = reason;
    if (this.#controller === undefined) void this.#connection.destroy(reason);
    else this.#controller.abort(reason);
  }

  #finish(reusable: boolean): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    clearTimeout(this.#timer);
    clearTimeout(this.#totalTimer);
    this.#stopListening?.();
    this.#quiet.resolve();
    this.#over.resolve();
    this.#done(reusable);
  }

  #watchBody(): void {
    clearTimeout(this.#timer);
    const { idleBody } = this.#limits;
    this.#windowStart = performance.now();
    this.#windowBytes = 0;
    this.#timer = setTimeout(() => {
      this.#fail(networkFailure('PS906', [this.#host, idleBody]));
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
      this.#fail(networkFailure('PS907', [this.#host, this.#windowBytes, idleBody]));
    }
  }

  #resume(): void {
    if (this.#state !== 'receiving' || !this.#paused) return;
    this.#paused = false;
    this.#watchBody();
    this.#controller?.resume();
  }

  #abandon(): void {
    if (this.#state === 'receiving') this.#fail(new Error('not wanted'));
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
    const left = this.#announced === undefined ? 0 : this.#announced - this.#received;
    if (left > MOST_DRAINED) {
      this.#abandon();
      return;
    }
    this.#state = 'draining';
    this.#received = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#fail(new Error('not wanted'));
    }, LONGEST_DRAIN);
    if (this.#paused) this.#controller?.resume();
    await this.#over.promise;
  }
}

function pairs(raw: readonly (Buffer | string)[]): Header[] {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([text(raw[i]), text(raw[i + 1])]);
  return headers;
}

function text(part: Buffer | string | undefined): string {
  return typeof part === 'string' ? part : (part?.toString('latin1') ?? '');
}

function announcedLength(headers: readonly Header[], method: string, status: number): number | undefined {
  const length = headerValue(headers, 'content-length');
  if (length === undefined || method === 'HEAD' || status === 204 || status === 304) return undefined;
  return /^\d+$/.test(length) ? Number(length) : undefined;
}
