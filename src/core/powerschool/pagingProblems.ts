import type { ProblemTable } from '../problem/problemCode.ts';
import rows from './pagingProblems.json' with { type: 'json' };

/** What stops the fetching of all pages. Part of the 990s of `POWERSCHOOL_PROBLEMS`. */
export const PAGING_PROBLEMS = rows as ProblemTable<keyof typeof rows>;
