import type { Failure } from './failure.ts';

/** How a part of the tests ended. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, as far as it is known. */
  failures?: readonly Failure[];
}

/** `12 passed, 0 failed`, and the skipped ones when there are any. */
export function sayCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
