import type { ProblemTable } from '../problem/problemCode.ts';
import rows from './outputProblems.json' with { type: 'json' };

/** What can go wrong while records are written to a file. */
export const OUTPUT_PROBLEMS = rows as ProblemTable<keyof typeof rows>;
