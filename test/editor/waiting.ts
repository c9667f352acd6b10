import type { Event } from 'vscode';

/** Longest wait for something the editor does by itself; a machine with other work is slow. */
const LIMIT = 60_000;

/** Resolves with the first value that `check` gives after the event, or at once. Rejects after `limit` milliseconds. */
export function eventually<T>(
  what: string,
  check: () => T | undefined,
  event: Event<unknown>,
  limit = LIMIT,
): Promise<T> {
  // Made here, its stack tells who waits.
  const missed = new Error(`${what} did not happen within ${limit / 1000} seconds`);
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      subscription.dispose();
      settle();
    };
    const look = (): void => {
      const value = check();
      if (value !== undefined) finish(() => resolve(value));
    };
    const timer = setTimeout(() => finish(() => reject(missed)), limit);
    const subscription = event(look);
    look();
  });
}
