import path from 'node:path';
import { type RunResult, runRecord } from '../core/run/runResult.ts';
import { UsageError } from './usageError.ts';

const KINDS = ['junit', 'json'] as const;
type ReportKind = (typeof KINDS)[number];

/** Reads `--report junit=FILE`; files are absolute. */
export function readReports(texts: readonly string[], cwd: string): { kind: ReportKind; file: string }[] {
  return texts.map((text) => {
    const at = text.indexOf('=');
    const kind = KINDS.find((word) => word === text.slice(0, at));
    const file = text.slice(at + 1);
    if (kind === undefined || file === '') {
      throw new UsageError(`--report is written as junit=FILE or json=FILE; "${text}" is neither.`);
    }
    return { kind, file: path.resolve(cwd, file) };
  });
}

/** The text of a report. */
export async function writeReport(kind: ReportKind, results: readonly RunResult[]): Promise<string> {
  if (kind === 'json') return `${JSON.stringify(results.map(runRecord), null, 2)}\n`;
  const { runJunit } = await import('./runJunit.ts');
  return runJunit(results);
}
