import { explain, type ExplainedError } from '../core/problem/explainedError.ts';
import { POWERSCHOOL_PROBLEMS } from '../core/powerschool/powerschoolProblems.ts';

/** The sandbox cannot start: what happened and what to do, each without a full stop. */
export function startError(
  what: string,
  mend: string,
  options: { readonly detail?: string | undefined; readonly cause?: unknown } = {},
): ExplainedError {
  return explain(POWERSCHOOL_PROBLEMS, 'PS999', [what, mend], options);
}
