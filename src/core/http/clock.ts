/** Time as the core sees it, so that waiting can be tested without waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with `signal.reason` as soon as the signal aborts. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(abortReason(signal));
          return;
        }
        const timer = setTimeout(() => {
          stopListening();
          resolve();
        }, milliseconds);
        const stopListening = onAbort(signal, (reason) => {
          clearTimeout(timer);
          reject(reason);
        });
      }),
  };
}

/** What an aborted wait rejects with: the signal's own reason, always an error. */
export function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('This operation was aborted', 'AbortError');
}

/**
 * Calls `react` with the reason when the signal aborts, until the function that it returns is called.
 *
 * Node links the listeners of a signal in a row, and a removed one still points to the next. Once the collector takes
 * one for old, all that came after it stay until its next large run: with a signal for a thousand requests, everything
 * that those held. What is removed here holds nothing any more.
 */
export function onAbort(signal: AbortSignal | undefined, react: (reason: Error) => void): () => void {
  if (signal === undefined) return () => undefined;
  let reaction: typeof react | undefined = react;
  const listener = (): void => reaction?.(abortReason(signal));
  signal.addEventListener('abort', listener, { once: true });
  return () => {
    signal.removeEventListener('abort', listener);
    reaction = undefined;
  };
}

/** Settles like `promise`, or rejects as soon as the signal aborts; the promise itself goes on. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  if (signal.aborted) return Promise.reject(abortReason(signal));
  return new Promise((resolve, reject) => {
    const stopListening = onAbort(signal, reject);
    promise.then(
      (value) => {
        stopListening();
        resolve(value);
      },
      (error: unknown) => {
        stopListening();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
