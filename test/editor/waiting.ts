import type { Event } from 'vscode';

/** Longest wait for something the editor does by itself. */
const LIMIT = 20_000;

/** Resolves with the first value that `check` gives after one of the events, or at once. Rejects after 20 seconds. */
export function eventually<T>(what: string, check: () => T | undefined, ...events: Event<unknown>[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const subscriptions: { dispose(): void }[] = [];
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
      settle();
    };
    const look = (): void => {
      const value = check();
      if (value !== undefined) finish(() => resolve(value));
    };
    const timer = setTimeout(() => finish(() => reject(new Error(`${what} did not happen`))), LIMIT);
    for (const event of events) subscriptions.push(event(look));
    look();
  });
}
