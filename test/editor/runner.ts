import { writeFileSync } from 'node:fs';
import { activationTests } from './activation.test.ts';
import { pluginTests } from './plugin.test.ts';
import { requestTests } from './requests.test.ts';
import { serverTests } from './servers.test.ts';
import { runTests } from './suite.ts';

/** The contract of extension tests, in the desktop and in the browser: resolves when all is well, else rejects. */
export async function run(): Promise<void> {
  const tests = [...activationTests, ...serverTests, ...requestTests, ...pluginTests];
  const counts = await runTests(tests, (line) => console.log(line));
  console.log(`SUITE ${JSON.stringify(counts)}`);
  const file = process.env['POWERSCHOOL_TEST_COUNTS'];
  if (file) writeFileSync(file, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}
