import { NETWORK_PROBLEMS, type NetworkCode } from '../http/networkProblems.ts';
import type { ProblemTable } from '../problem/problemCode.ts';
import rows from './answerProblems.json' with { type: 'json' };

export type PowerSchoolCode = NetworkCode | keyof typeof rows;

/**
 * Every code of connection, sign-in and answers. 900 to 939 connection and the form of an answer (932 to 935 bodies
 * that cannot be used, 936 and 939 redirects that tell about the server), 940 sign-in, 950 to 969 and 980 to 989 what
 * PowerSchool answers, by its text first and its status second, 990 the server's address, 996 to 998 and 9960 to 9969 the fetching of all pages, 999 the sandbox. (970 to 979
 * belong to `core/output`.)
 */
export const POWERSCHOOL_PROBLEMS = { ...NETWORK_PROBLEMS, ...rows } as ProblemTable<PowerSchoolCode>;
