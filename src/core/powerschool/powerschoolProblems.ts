import { NETWORK_PROBLEMS } from '../http/networkProblems.ts';
import { ANSWER_PROBLEMS } from './answerProblems.ts';
import { SANDBOX_PROBLEMS } from './sandboxProblems.ts';
import { SERVER_PROBLEMS } from './serverProblems.ts';

/**
 * Every code of connection, sign-in and answers. 900 to 939 connection and the form of an answer, 940 sign-in,
 * 950 to 969 and 980 to 989 what PowerSchool answers, 990 the server's address, 999 the sandbox. (970 to 979 belong to `core/output`.)
 */
export const POWERSCHOOL_PROBLEMS = {
  ...NETWORK_PROBLEMS,
  ...SERVER_PROBLEMS,
  ...ANSWER_PROBLEMS,
  ...SANDBOX_PROBLEMS,
} as const;

export type PowerSchoolCode = keyof typeof POWERSCHOOL_PROBLEMS;
