import type { ExplainedCode, ProblemCode } from './problemCode.ts';

/** Finds the row of a code with its reason; loads only the table of its area. Undefined for a code that does not exist. */
export async function findProblem(code: string): Promise<ExplainedCode | undefined> {
  const table: Readonly<Record<string, ProblemCode>> = await tableOf(code);
  const row = Object.hasOwn(table, code) ? table[code] : undefined;
  if (row === undefined) return undefined;
  const { reasonOf } = await import('./reasons.ts');
  return { ...row, ...(reasonOf(code) ?? NO_REASON) };
}

/** Every code with its row and reason, in the order of the codes. */
export async function allProblems(): Promise<[code: string, row: ExplainedCode][]> {
  const tables = await Promise.all(['PS1', 'PS5', 'PS9'].map(tableOf));
  const { reasonOf } = await import('./reasons.ts');
  return tables
    .flatMap((table) => Object.entries(table))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, row]) => [code, { ...row, ...(reasonOf(code) ?? NO_REASON) }]);
}

/** A test finds it. */
const NO_REASON = { why: '', source: '' };

async function tableOf(code: string): Promise<Readonly<Record<string, ProblemCode>>> {
  switch (code.slice(0, 3)) {
    case 'PS5':
      return (await import('../request/requestProblems.ts')).REQUEST_PROBLEMS;
    case 'PS9': {
      const { POWERSCHOOL_PROBLEMS } = await import('../powerschool/powerschoolProblems.ts');
      const { PAGING_PROBLEMS } = await import('../powerschool/pagingProblems.ts');
      const { OUTPUT_PROBLEMS } = await import('../output/outputProblems.ts');
      return { ...POWERSCHOOL_PROBLEMS, ...PAGING_PROBLEMS, ...OUTPUT_PROBLEMS };
    }
    default:
      return (await import('../plugin/problems/pluginProblems.ts')).PLUGIN_PROBLEMS;
  }
}
