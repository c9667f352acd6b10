import { abortReason, onAbort } from './clock.ts';
import type { HttpResponse, Transport } from './transport.ts';

/**
 * At most so many requests at a time, in the order in which they were asked for. A place is free again when the
 * server has sent everything or waits for the reader: a body that nobody reads blocks nobody.
 */
export class InFlightLimit {
  #limit: number;
  #inFlight = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = Math.max(1, limit);
  }

  get limit(): number {
    return this.#limit;
  }

  /** From now on so many; the ones under way go on. */
  narrow(limit: number): void {
    this.#limit = Math.min(this.#limit, Math.max(1, limit));
  }

  /** The transport, with this limit. Several transports may share one limit. */
  wrap(inner: Transport): Transport {
    return {
      close: () => inner.close(),
      send: async (request) => {
        await this.#enter(request.signal);
        let response: HttpResponse;
        try {
          response = await inner.send(request);
        } catch (error) {
          this.#leave();
          throw error;
        }
        if (response.quiet === undefined) this.#leave();
        else void response.quiet.then(() => this.#leave());
        return response;
      },
    };
  }

  #enter(signal: AbortSignal | undefined): Promise<void> {
    if (this.#inFlight < this.#limit && this.#waiting.length === 0) {
      this.#inFlight++;
      return Promise.resolve();
    }
    if (signal?.aborted === true) return Promise.reject(abortReason(signal));
    return new Promise((resolve, reject) => {
      const start = (): void => {
        stopListening();
        this.#inFlight++;
        resolve();
      };
      this.#waiting.push(start);
      const stopListening = onAbort(signal, (reason) => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        reject(reason);
      });
    });
  }

  #leave(): void {
    this.#inFlight--;
    while (this.#inFlight < this.#limit) {
      const start = this.#waiting.shift();
      if (start === undefined) return;
      start();
    }
  }
}
