import type { ProblemTable } from '../problem/problemCode.ts';
import rows from './requestProblems.json' with { type: 'json' };

export type RequestProblemCode = keyof typeof rows;

/**
 * PS5…: request files, and what keeps one of their requests from being sent. 500 the lines of a file, 520 variables and
 * names, 530 directives, expectations and environments, 540 what PowerSchool offers at the address, 560 what protects
 * records and credentials, 570 what keeps a request from being sent or answered.
 */
export const REQUEST_PROBLEMS = rows as ProblemTable<RequestProblemCode>;
