import type { ProblemCode } from './problemCode.ts';

/** Finds the row of a code; loads only the table of its area. Undefined for a code that does not exist. */
export async function findProblem(code: string): Promise<ProblemCode | undefined> {
  const table: Readonly<Record<string, ProblemCode>> = await tableOf(code);
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

/** Every code with its row, in the order of the codes. */
export async function allProblems(): Promise<[code: string, row: ProblemCode][]> {
  const tables = await Promise.all(['PS1', 'PS5', 'PS9'].map(tableOf));
  return tables.flatMap((table) => Object.entries(table)).sort(([a], [b]) => (a < b ? -1 : 1));
}

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
