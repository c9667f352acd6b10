import path from 'node:path';
import type { LintReport } from '../core/output/lint/lintReport.ts';
import { createPaint } from '../core/output/paint.ts';
import type { ProblemCode } from '../core/problem/problemCode.ts';
import type { CliIo } from './cliIo.ts';
import { VERSION } from './version.ts';

export const LINT_FORMATS = ['stylish', 'json', 'sarif', 'junit', 'github'] as const;
export type LintFormat = (typeof LINT_FORMATS)[number];

/** The text of a report. Only the module of the format that is asked for is loaded. */
export async function formatReports(reports: readonly LintReport[], format: LintFormat, io: CliIo): Promise<string> {
  const shown = (filePath: string): string => relativePath(io.cwd, filePath) ?? filePath;
  switch (format) {
    case 'json':
      return (await import('../core/output/lint/eslintJson.ts')).eslintJson(reports);
    case 'junit':
      return (await import('../core/output/lint/lintJunit.ts')).lintJunit(reports, shown);
    case 'github':
      return (await import('../core/output/lint/githubAnnotations.ts')).githubAnnotations(reports, shown);
    case 'sarif': {
      const { sarif } = await import('../core/output/lint/sarif.ts');
      return sarif(reports, {
        toolName: 'powerschool-explorer',
        toolVersion: VERSION,
        problems: await problemsOf(reports),
        relativePath: (filePath) => relativePath(io.cwd, filePath),
      });
    }
    case 'stylish':
      return (await import('../core/output/lint/stylish.ts')).stylish(reports, createPaint(io.stdout.isLively), shown);
  }
}

async function problemsOf(reports: readonly LintReport[]): Promise<Map<string, ProblemCode>> {
  const { allProblems } = await import('../core/problem/allProblems.ts');
  const known = allProblems();
  const problems = new Map<string, ProblemCode>();
  for (const code of new Set(reports.flatMap(({ messages }) => messages.map((message) => message.code)))) {
    const problem = known.get(code);
    if (problem !== undefined) problems.set(code, problem);
  }
  return problems;
}

/** From the working directory, with `/`; undefined for a file outside of it. */
function relativePath(cwd: string, filePath: string): string | undefined {
  const relative = path.relative(cwd, filePath);
  if (relative.startsWith('..') || path.isAbsolute(relative)) return undefined;
  return relative.replaceAll(path.sep, '/');
}
