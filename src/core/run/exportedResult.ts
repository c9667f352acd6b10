import type { ApiRequest, ApiResponse, ApiSender } from '../powerschool/client.ts';
import type { ExplainedError } from '../problem/explainedError.ts';
import { AnswerBody } from './answerBody.ts';
import type { ReadyRequest } from './requestRun.ts';
import type { RunResult } from './runResult.ts';

/** How an export of all pages went. */
export interface ExportedPages {
  /** Pages and records that came, those of an earlier run too. */
  readonly pages: number;
  readonly records: number;
  readonly count: number | undefined;
  /** Bytes of the file. */
  readonly size: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly cancelled: boolean;
  /** Why it stopped. */
  readonly error: ExplainedError | undefined;
}

/** Passes pages on and remembers how the server answered: the first refusal, else the first page, without its body. */
export class FirstAnswer implements ApiSender {
  readonly #inner: ApiSender;
  readonly #path: string;
  #good: ApiResponse | undefined;
  #refusal: ApiResponse | undefined;

  constructor(inner: ApiSender, { pathname }: URL) {
    this.#inner = inner;
    this.#path = pathname;
  }

  get response(): ApiResponse | undefined {
    return this.#refusal ?? this.#good;
  }

  async send(request: ApiRequest): Promise<ApiResponse> {
    const response = await this.#inner.send(request);
    if (response.url.pathname === this.#path) {
      if (response.status < 300) this.#good ??= response;
      else this.#refusal ??= response;
    }
    return response;
  }
}

/** An export of all pages as the result of its request, without the records: they are in the file. */
export function exportedResult(
  { head }: ReadyRequest,
  { response }: FirstAnswer,
  { pages, records, count, size, duration, cancelled, error }: ExportedPages,
): RunResult {
  const { dns, connect, tls, wait } = response?.timings ?? { dns: 0, connect: 0, tls: 0, wait: 0 };
  return {
    ...head,
    outcome: cancelled ? 'cancelled' : error === undefined ? 'passed' : response ? 'failed' : 'unanswered',
    answer: response && {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
      sentHeaders: response.sentHeaders,
      body: new AnswerBody(size, undefined, undefined),
      records,
      durationMs: duration,
      timings: { dns, connect, tls, wait, download: Math.max(0, duration - dns - connect - tls - wait) },
      redirectedTo: undefined,
      pages: { fetched: pages, count, unfinished: undefined, drift: [] },
    },
    expectations: [],
    error,
    notice: undefined,
  };
}
