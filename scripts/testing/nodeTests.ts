import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkout } from '../checkout.ts';
import type { Counts } from './counts.ts';

export interface NodeTestOptions {
  /** How many files run at the same time; by default one less than there are processors. */
  concurrency?: number;
  /** `dot` for many fast tests, `spec` where each takes seconds. */
  reporter: 'dot' | 'spec';
}

/** Runs `node --test` on files and shows what it prints. A run that breaks off counts as one failure. */
export async function nodeTests(patterns: readonly string[], options: NodeTestOptions): Promise<Counts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'powerschool-tests-'));
  const countFile = path.join(folder, 'counts.json');
  try {
    const child = spawn(
      process.execPath,
      [
        '--test',
        ...(options.concurrency === undefined ? [] : [`--test-concurrency=${options.concurrency}`]),
        `--test-reporter=${options.reporter}`,
        '--test-reporter-destination=stdout',
        `--test-reporter=${import.meta.resolve('./countReporter.ts')}`,
        `--test-reporter-destination=${countFile}`,
        ...patterns,
      ],
      { cwd: checkout, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    const [code] = (await once(child, 'exit')) as [number | null];
    const counts = JSON.parse(await readFile(countFile, 'utf8').catch(() => 'null')) as Counts | null;
    if (counts === null) {
      const failures = [{ name: patterns.join(' '), error: `node --test ended with ${code} and counted nothing.` }];
      return { passed: 0, failed: 1, skipped: 0, failures };
    }
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
