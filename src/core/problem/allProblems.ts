import { OUTPUT_PROBLEMS } from '../output/outputProblems.ts';
import { PLUGIN_PROBLEMS } from '../plugin/problems/pluginProblems.ts';
import { PAGING_PROBLEMS } from '../powerschool/pagingProblems.ts';
import { POWERSCHOOL_PROBLEMS } from '../powerschool/powerschoolProblems.ts';
import { REQUEST_PROBLEMS } from '../request/requestProblems.ts';
import type { ExplainedCode, ProblemTable } from './problemCode.ts';
import { reasonOf } from './reasons.ts';

export { problemPage } from './problemPage.ts';

/** A test finds it. */
const NO_REASON = { why: '', source: '' };

/** Every code with its row and reason, in the order of the codes. */
export function allProblems(): ReadonlyMap<string, ExplainedCode> {
  const tables: readonly ProblemTable[] = [
    PLUGIN_PROBLEMS,
    REQUEST_PROBLEMS,
    POWERSCHOOL_PROBLEMS,
    PAGING_PROBLEMS,
    OUTPUT_PROBLEMS,
  ];
  const rows = tables.flatMap((table) => Object.entries(table)).sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(rows.map(([code, row]) => [code, { ...row, ...(reasonOf(code) ?? NO_REASON) }]));
}
