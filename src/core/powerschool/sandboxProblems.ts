import type { ProblemTable } from '../problem/problemCode.ts';

/** The sandbox district could not be started. What happened and what to do are its arguments. */
export const SANDBOX_PROBLEMS = {
  PS999: {
    severity: 'error',
    message: 'The sandbox district did not start: {0}.',
    mend: '{1}.',
    why: 'A port that is taken, a value that cannot be, or a plugin that PowerSchool would refuse to install as well. A refused plugin is told with every line that is wrong.',
    source: 'The sandbox of this product',
  },
} as const satisfies ProblemTable;
