/**
 * The port through which every byte leaves: core code asks for a `Transport`, the undici adapter
 * (`undiciTransport.ts`) is the only implementation that opens sockets.
 */
export interface Transport {
  /**
   * Sends one request and resolves when the response's headers are there; the body streams.
   * No retry, no redirect, no authorization: those are layers above.
   * Rejects with an `ExplainedError` (PS9…) for network failures, or with `signal.reason` when cancelled.
   */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Ends all sockets and timers. */
  close(): Promise<void>;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly Header[];
  readonly body?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeouts?: Timeouts | undefined;
}

/** Name as written, value. Headers of one name are all sent, in order. */
export type Header = readonly [name: string, value: string];

/** Milliseconds. */
export interface Timeouts {
  readonly connect: number;
  readonly headers: number;
  /** The longest silence while the body arrives. */
  readonly idleBody: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  /** Decoded (gzip, deflate, br) bytes; read it to the end or call `dispose`. May throw an `ExplainedError`. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Complete after the body has ended; `download` is 0 before. */
  readonly timings: Timings;
  /** Drops the body and gives the socket back or ends it. */
  dispose(): Promise<void>;
}

/** Milliseconds; the phases that a kept-alive connection skips are 0. */
export interface Timings {
  readonly dns: number;
  readonly connect: number;
  readonly tls: number;
  readonly wait: number;
  readonly download: number;
}

/** First value of a header, any case. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}
