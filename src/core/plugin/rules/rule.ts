import type { Fix } from '../../problem/diagnostic.ts';
import type { Argument } from '../../problem/phrase.ts';
import type { TextRange } from '../../text/textRange.ts';
import type { PluginRuleCode } from '../problems/pluginProblems.ts';

/** How a rule tells of a finding; the arguments fill its message. */
export type Report = (range: TextRange, args?: readonly Argument[], fixes?: readonly Fix[]) => void;

/** One semantic rule: the code of its row in the problem table, and the check. */
export interface Rule<Subject> {
  readonly code: PluginRuleCode;
  readonly check: (subject: Subject, report: Report) => void;
}
