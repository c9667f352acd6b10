import type { ProblemTable } from '../problem/problemCode.ts';
import rows from './networkProblems.json' with { type: 'json' };

export type NetworkCode = keyof typeof rows;

/**
 * What can go wrong between two machines, before anybody speaks of PowerSchool. 900 connection, 910 TLS, 920 proxy,
 * 925 the answer's form, 936 redirects, 948 CA files. Part of `POWERSCHOOL_PROBLEMS`.
 */
export const NETWORK_PROBLEMS = rows as ProblemTable<NetworkCode>;
