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
  /** The whole request, the reading of the body included; no limit when left out. */
  readonly total?: number | undefined;
}

/** Enough for a slow list, short enough to notice a server that is gone. */
export const DEFAULT_TIMEOUTS: Timeouts = { connect: 15_000, headers: 120_000, idleBody: 60_000 };

export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  /** Decoded (gzip, deflate, br) bytes; read it to the end or call `dispose`. May throw an `ExplainedError`. */
  readonly body: AsyncIterable<Uint8Array>;
  /** This object is complete after the body has ended; `download` is 0 before. */
  readonly timings: Timings;
  /** Drops the body and gives the socket back or ends it. */
  dispose(): Promise<void>;
  /**
   * Resolves when the server has sent everything, or waits for the reader: it does no more work for this request.
   * Never rejects. A response without it counts as quiet from the start.
   */
  readonly quiet?: Promise<void> | undefined;
  /** Where the answer came from, when a redirect led elsewhere than asked. */
  readonly url?: URL | undefined;
}

/** Milliseconds; the phases that a kept-alive connection skips are 0. */
export interface Timings {
  readonly dns: number;
  readonly connect: number;
  readonly tls: number;
  readonly wait: number;
  readonly download: number;
}

/** All values of a header, any case, in order. */
export function headerValues(headers: readonly Header[], name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}

/** First value of a header, any case. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}
