import { bufferedResponse, readBytes, retryAfter } from './bufferedResponse.ts';
import type { Clock } from './clock.ts';
import type { HttpResponse, Transport } from './transport.ts';

// Of a refusal, for its sentence that names the seconds to wait.
const MOST_REFUSAL_BYTES = 16 * 1024;
/** The longest interval (ms) that is remembered: a longer Retry-After is a pause, not a rhythm. */
const LONGEST_INTERVAL = 60_000;

/**
 * Learns from the first answer of too many requests (429) how far apart requests must start, and keeps to it for as
 * long as it lives: the administrator's interval does not change without a restart of the server.
 */
export class RequestSpacing {
  readonly #clock: Clock;
  readonly #refused: () => void;
  #interval = 0;
  #nextStart = 0;

  /** `refused` is called at each 429. */
  constructor(clock: Clock, refused: () => void) {
    this.#clock = clock;
    this.#refused = refused;
  }

  /** Milliseconds between the starts of two requests; 0 before the first refusal. */
  get interval(): number {
    return this.#interval;
  }

  wrap(inner: Transport): Transport {
    return {
      close: () => inner.close(),
      send: async (request) => {
        await this.#turn(request.signal);
        const response = await inner.send(request);
        return response.status === 429 ? this.#learn(response) : response;
      },
    };
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    const now = this.#clock.now();
    const start = Math.max(now, this.#nextStart);
    this.#nextStart = start + this.#interval;
    if (start > now) await this.#clock.wait(start - now, signal);
  }

  async #learn(response: HttpResponse): Promise<HttpResponse> {
    this.#refused();
    const now = this.#clock.now();
    let wait = retryAfter(response, now);
    let answer = response;
    if (wait === undefined) {
      const { bytes } = await readBytes(response, MOST_REFUSAL_BYTES);
      answer = bufferedResponse(response, bytes);
      wait = waitInText(Buffer.from(bytes).toString('utf8')) ?? 0;
    }
    if (wait <= LONGEST_INTERVAL) this.#interval = Math.max(this.#interval, wait);
    this.#nextStart = Math.max(this.#nextStart, now + Math.min(wait, LONGEST_INTERVAL));
    return answer;
  }
}

/** "… wait 2 seconds …" as milliseconds. */
export function waitInText(text: string): number | undefined {
  const found = /(\d+(?:\.\d+)?)\s*(milliseconds?|ms|seconds?|secs?|s)\b/i.exec(text);
  if (found === null) return undefined;
  return Number(found[1]) * (found[2]?.toLowerCase().startsWith('m') === true ? 1 : 1000);
}
