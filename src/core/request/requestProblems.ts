import type { ProblemTable } from '../problem/problemCode.ts';
import { interfaceProblems } from './problems/interfaceProblems.ts';
import { directiveProblems, nameProblems } from './problems/nameProblems.ts';
import { careProblems, sendProblems } from './problems/sendProblems.ts';
import { syntaxProblems } from './problems/syntaxProblems.ts';

/** PS5…: request files, and what keeps one of their requests from being sent. */
export const REQUEST_PROBLEMS = {
  ...syntaxProblems,
  ...nameProblems,
  ...directiveProblems,
  ...interfaceProblems,
  ...careProblems,
  ...sendProblems,
} as const satisfies ProblemTable;

export type RequestProblemCode = keyof typeof REQUEST_PROBLEMS;
