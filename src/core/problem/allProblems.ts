import { OUTPUT_PROBLEMS } from '../output/outputProblems.ts';
import { PLUGIN_PROBLEMS } from '../plugin/problems/pluginProblems.ts';
import { POWERSCHOOL_PROBLEMS } from '../powerschool/powerschoolProblems.ts';
import { REQUEST_PROBLEMS } from '../request/requestProblems.ts';
import type { ProblemCode, ProblemTable } from './problemCode.ts';

export { problemPage } from './problemPage.ts';

/** Every code with its row, in the order of the codes. */
export function allProblems(): ReadonlyMap<string, ProblemCode> {
  const tables: readonly ProblemTable[] = [PLUGIN_PROBLEMS, REQUEST_PROBLEMS, POWERSCHOOL_PROBLEMS, OUTPUT_PROBLEMS];
  return new Map(tables.flatMap((table) => Object.entries(table)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
