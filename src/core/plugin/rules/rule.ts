import type { Fix } from '../../problem/diagnostic.ts';
import type { Argument } from '../../problem/phrase.ts';
import type { ProblemCode } from '../../problem/problemCode.ts';
import type { TextRange } from '../../text/textRange.ts';

/** How a rule tells of a finding; the arguments fill its message. */
export type Report = (range: TextRange, args?: readonly Argument[], fixes?: readonly Fix[]) => void;

/** One semantic rule: its row of the problem table, and the check. */
export interface Rule<Subject> extends ProblemCode {
  readonly code: string;
  readonly check: (subject: Subject, report: Report) => void;
}
