import type { Event } from 'vscode';

/** Longest wait for something the editor does by itself. */
const LIMIT = 20_000;

/** Resolves with the first value that `check` gives after the event, or at once. Rejects after `limit` milliseconds. */
export function eventually<T>(
  what: string,
  check: () => T | undefined,
  event: Event<unknown>,
  limit = LIMIT,
): Promise<T> {
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
    const timer = setTimeout(() => finish(() => reject(new Error(`${what} did not happen`))), limit);
    const subscription = event(look);
    look();
  });
}
