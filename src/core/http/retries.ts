import { ExplainedError } from '../problem/explainedError.ts';
import { retryAfter } from './bufferedResponse.ts';
import type { Clock } from './clock.ts';
import type { Log } from './logLine.ts';
import type { HttpRequest, HttpResponse, Transport } from './transport.ts';

const MOST_RETRIES = 3;
/** Milliseconds before the first repetition; doubled for each further one. */
const FIRST_DELAY = 300;
/** A server that wants more patience (ms) than this gets the question back to the user. */
const LONGEST_DELAY = 60_000;
const REPEATED_STATUSES = new Set([429, 502, 503, 504]);

export interface RetryOptions {
  readonly clock: Clock;
  /** 0 to 1, for the jitter. */
  readonly random: () => number;
  readonly log?: Log | undefined;
  /** Which requests only read, and may be sent twice. */
  readonly repeatable: (request: HttpRequest) => boolean;
  /** Codes of errors that another try may cure. */
  readonly codes: ReadonlySet<string>;
}

/**
 * Repeats reads that met a lost connection or a busy server, up to 3 times, waiting longer each time: what the server
 * asks for (Retry-After), else a random part of a doubling delay. Anything else is sent once.
 */
export function withRetries(inner: Transport, options: RetryOptions): Transport {
  const { clock, random, log, repeatable, codes } = options;

  const backoff = (retry: number): number => FIRST_DELAY * 2 ** retry * (0.5 + random() / 2);

  const attempt = async (request: HttpRequest): Promise<HttpResponse | ExplainedError> => {
    try {
      return await inner.send(request);
    } catch (error) {
      if (error instanceof ExplainedError && codes.has(error.code)) return error;
      throw error;
    }
  };

  return {
    close: () => inner.close(),
    async send(request) {
      if (!repeatable(request)) return inner.send(request);
      for (let retry = 0; ; retry++) {
        const result = await attempt(request);
        const failed = result instanceof ExplainedError;
        const asked = failed ? undefined : retryAfter(result, clock.now());
        const delay = asked ?? backoff(retry);
        const again =
          (failed || REPEATED_STATUSES.has(result.status)) && retry < MOST_RETRIES && delay <= LONGEST_DELAY;
        if (!again) {
          if (failed) throw result;
          return result;
        }
        if (!failed) await result.dispose();
        const why = failed ? result.code : `status ${result.status}`;
        log?.({
          level: 'info',
          text: `${request.method} ${request.url.pathname}: ${why}, again in ${Math.round(delay)} ms`,
        });
        await clock.wait(delay, request.signal);
      }
    },
  };
}
