import { writeFileSync } from 'node:fs';
import { runTests, type EditorTest } from './suite.ts';

/**
 * Runs the tests that the test files export and notes the counts in the file that POWERSCHOOL_TEST_COUNTS names.
 * Resolves when all is well and rejects when a test failed: the contract of extension tests.
 */
export async function runSuite(files: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const tests = new Set(files.flatMap(testsOf));
  const counts = await runTests([...tests], (line) => console.log(line));
  const file = process.env['POWERSCHOOL_TEST_COUNTS'];
  if (file) writeFileSync(file, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}

function testsOf(file: Readonly<Record<string, unknown>>): EditorTest[] {
  const tests = Object.values(file).filter((each): each is EditorTest[] => Array.isArray(each));
  if (tests.length === 0) throw new Error('A test file exports no tests.');
  return tests.flat();
}
