import type { ProblemTable } from '../problem/problemCode.ts';

/** The sandbox district could not be started. What happened and what to do are its arguments. */
export const SANDBOX_PROBLEMS = {
  PS999: {
    severity: 'error',
    message: 'The sandbox district did not start: {0}.',
    mend: '{1}.',
  },
} as const satisfies ProblemTable;
