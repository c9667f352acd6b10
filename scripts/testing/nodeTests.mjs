import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../editor/checkout.mjs';

/**
 * Runs `node --test` on files, shows what it prints, and counts.
 *
 * @param {string[]} patterns
 * @param {{ concurrency?: number, env?: Record<string, string>, reporter?: string }} [options]
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>} a run that breaks off counts as one failure
 */
export async function nodeTests(patterns, { concurrency, env = {}, reporter = 'spec' } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'powerschool-tests-'));
  const counts = join(folder, 'counts.json');
  try {
    const code = await new Promise((resolve, reject) => {
      const child = spawn(
        process.execPath,
        [
          '--test',
          ...(concurrency === undefined ? [] : [`--test-concurrency=${concurrency}`]),
          `--test-reporter=${reporter}`,
          '--test-reporter-destination=stdout',
          `--test-reporter=${new URL('countReporter.mjs', import.meta.url).href}`,
          `--test-reporter-destination=${counts}`,
          ...patterns,
        ],
        { cwd: checkout, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] },
      );
      child.once('error', reject);
      child.once('exit', resolve);
    });
    const counted = JSON.parse(await readFile(counts, 'utf8'));
    return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
