import { ExplainedError } from '../core/problem/explainedError.ts';
import { OutputClosed, UsageError } from './usageError.ts';

/** What the process ends with. When several apply the first of 130, 2, 3, 1 counts. */
export const EXIT = {
  good: 0,
  /** Findings, a failed expectation, an HTTP error nobody expected. */
  findings: 1,
  /** Wrong usage, unreadable input, nothing to do. */
  usage: 2,
  /** No connection, TLS or sign-in failure. */
  noConnection: 3,
  cancelled: 130,
} as const;

/** PS909 is no address at all, PS949 would send a credential elsewhere: both are mended on the command line. */
const USAGE_CODES = new Set(['PS909', 'PS940', 'PS949', 'PS990', 'PS991', 'PS992', 'PS993', 'PS999']);
/** An answer came, and it says something else than was hoped. */
const ANSWER_CODES = new Set(['PS932', 'PS933', 'PS934', 'PS935', 'PS947', 'PS977']);

/** The exit code of an error that ends a command. */
export function exitCodeOfError(error: unknown, cancelled: boolean): number {
  if (cancelled || error instanceof OutputClosed) return EXIT.cancelled;
  if (error instanceof UsageError) return EXIT.usage;
  if (!(error instanceof ExplainedError)) return EXIT.usage;
  const { code } = error;
  if (USAGE_CODES.has(code)) return EXIT.usage;
  if (ANSWER_CODES.has(code)) return EXIT.findings;
  if (code >= 'PS900' && code <= 'PS949') return EXIT.noConnection;
  if (/^PS97\d$/.test(code)) return EXIT.usage;
  return EXIT.findings;
}

/** The more important of two codes. */
export function worseExit(one: number, other: number): number {
  const order: readonly number[] = [EXIT.cancelled, EXIT.usage, EXIT.noConnection, EXIT.findings, EXIT.good];
  return order.find((code) => code === one || code === other) ?? EXIT.usage;
}
