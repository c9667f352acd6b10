import type { Phrase } from '../problem/phrase.ts';
import { redactUrl } from '../http/redaction.ts';
import type { Header, Timings } from '../http/transport.ts';
import type { ExplainedError } from '../problem/explainedError.ts';
import type { RequestEntry } from '../request/requestFile.ts';
import type { PagesOutcome } from './allPages.ts';
import type { AnswerBody } from './answerBody.ts';
import type { SentRequest } from './sentRequest.ts';

/**
 * How a request ended. `passed`: all expectations held and no unexpected HTTP error came. `failed`: one did not, or
 * the request could not be put together. `usage`: an expectation cannot be read, or there is no server.
 * `unanswered`: no connection, TLS, sign-in failure or no answer in time. `cancelled`: stopped by the user.
 */
export type RunOutcome = 'passed' | 'failed' | 'usage' | 'unanswered' | 'cancelled';

/** One request of a run, with all that came of it. */
export interface RunResult {
  /** Path of the request file, as it was given. */
  readonly file: string;
  readonly request: RequestEntry;
  /** Not selected, but run because a selected request needs its answer. */
  readonly dependency: boolean;
  readonly outcome: RunOutcome;
  readonly method: string;
  /** Where it went, without credentials; the target as written when it was never put together. */
  readonly url: string;
  /** What went out, as it was put together; undefined when nothing was sent. Holds secrets: never shown as it is. */
  readonly sent: SentRequest | undefined;
  /** Undefined when no answer came. */
  readonly answer: RunAnswer | undefined;
  readonly expectations: readonly CheckedExpectation[];
  /** Why it was not sent, not answered, or which HTTP error came unexpected. */
  readonly error: ExplainedError | undefined;
  /** What is odd about a success: a web page, refused rows in a 200. No reason to fail. */
  readonly notice: ExplainedError | undefined;
}

export interface RunAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  /** Redacted. */
  readonly sentHeaders: readonly Header[];
  readonly body: AnswerBody;
  /** Records in the body; undefined when it is no list of records. */
  readonly records: number | undefined;
  readonly durationMs: number;
  readonly timings: Timings;
  /** Without credentials; undefined when the asked address answered itself. */
  readonly redirectedTo: string | undefined;
  /** How the fetching of all pages went; undefined for one answer alone. */
  readonly pages: PagesOutcome | undefined;
}

export interface CheckedExpectation {
  /** As written after `@expect`. */
  readonly text: string;
  /** The comment line, for marks beside it. */
  readonly range: { readonly start: number; readonly end: number };
  readonly passed: boolean;
  /** What was there; null when it was missing or no answer came. */
  readonly actual: unknown;
  /** Why the line could not be read. */
  readonly malformed?: Phrase | undefined;
}

/** What `run --output json` and `--report json` write for a request. */
export interface RunRecord {
  readonly file: string;
  readonly name: string | null;
  readonly method: string;
  readonly url: string;
  readonly status: number | null;
  readonly durationMs: number;
  readonly timings: Timings;
  readonly size: number;
  readonly records: number | null;
  readonly expectations: readonly { readonly text: string; readonly passed: boolean; readonly actual: unknown }[];
  readonly error?: { readonly code: string; readonly message: string };
}

const NO_TIMINGS: Timings = { dns: 0, connect: 0, tls: 0, wait: 0, download: 0 };

/** The record of a result, in the order of keys that the contract lists. Times are rounded to microseconds. */
export function runRecord(result: RunResult): RunRecord {
  const { answer, error, request } = result;
  const timings = answer?.timings ?? NO_TIMINGS;
  return {
    file: result.file,
    name: request.name?.text ?? request.title?.text ?? null,
    method: result.method,
    url: result.url,
    status: answer?.status ?? null,
    durationMs: rounded(answer?.durationMs ?? 0),
    timings: {
      dns: rounded(timings.dns),
      connect: rounded(timings.connect),
      tls: rounded(timings.tls),
      wait: rounded(timings.wait),
      download: rounded(timings.download),
    },
    size: answer?.body.size ?? 0,
    records: answer?.records ?? null,
    expectations: result.expectations.map(({ text, passed, actual }) => ({ text: redactUrl(text), passed, actual })),
    ...(error === undefined ? {} : { error: { code: error.code, message: `${error.message} ${error.mend}`.trim() } }),
  };
}

/** 130 cancelled, 2 usage, 3 no answer, 1 failed, 0 all good: the first that applies. */
export function exitCodeOf(outcomes: Iterable<RunOutcome>): number {
  const seen = new Set(outcomes);
  if (seen.has('cancelled')) return 130;
  if (seen.has('usage')) return 2;
  if (seen.has('unanswered')) return 3;
  return seen.has('failed') ? 1 : 0;
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
