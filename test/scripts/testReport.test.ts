import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { CommandFailure, runCommand } from '../../scripts/process/runCommand.ts';
import type { Counts } from '../../scripts/testing/counts.ts';
import { sayFailure } from '../../scripts/testing/failure.ts';
import { HeldOutput } from '../../scripts/testing/heldOutput.ts';
import { TestReport } from '../../scripts/testing/testReport.ts';
import { runTests } from '../editor/suite.ts';

/** What the reporter counts in a file of failing/. */
async function countsOf(file: string): Promise<Counts> {
  const reporter = import.meta.resolve('../../scripts/testing/countReporter.ts');
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = ['--test', `--test-reporter=${reporter}`, path.join(import.meta.dirname, 'failing', file)];
  const failing = await runCommand(process.execPath, args, { env }).catch((error: unknown) => error);
  assert.ok(failing instanceof CommandFailure);
  return JSON.parse(failing.output) as Counts;
}

test('every failed test of a file is told with its suites, its error and the lines that led there', async () => {
  const { failures = [], ...counts } = await countsOf('tests.ts');
  assert.deepEqual(counts, { passed: 2, failed: 3, skipped: 1 });
  assert.deepEqual(
    failures.map(({ name }) => name),
    ['outer › inner › compares', 'outer › is awaited', 'without a start › never runs', 'without a start'],
  );
  const [compares, awaited, , notStarted] = failures.map(sayFailure);
  assert.match(compares ?? '', /^ {2}✖ outer › inner › compares\n.*One is not the other\./);
  assert.match(compares ?? '', /^ {6}at compare \(test\/scripts\/failing\/tests\.ts:\d+:\d+\)$/m);
  assert.ok(!compares?.includes('node:internal'));
  assert.match(awaited ?? '', /It went wrong\.[^]*There is a reason\./);
  assert.match(notStarted ?? '', /It did not start\./);
});

test('a file that cannot run is told with what it said', async () => {
  const { failed, failures = [] } = await countsOf('brokenFile.ts');
  assert.equal(failed, 1);
  assert.match(failures.map(sayFailure).join('\n'), /brokenFile\.ts\n[^]*The file is broken\./);
});

test('the suite in the editor tells its failed tests too', async () => {
  const lines: string[] = [];
  const tests = [
    { name: 'passes', run: () => Promise.resolve() },
    { name: 'fails', run: () => Promise.reject(new Error('It went wrong.')) },
    { name: 'hangs', run: () => new Promise<void>(() => undefined), limit: 1 },
  ];
  const { failures, ...counts } = await runTests(tests, (line) => lines.push(line));
  assert.deepEqual(counts, { passed: 1, failed: 2, skipped: 0 });
  const said = failures.map(sayFailure);
  assert.match(said[0] ?? '', /✖ fails\n {4}Error: It went wrong\.\n {6}at .*test\/scripts\/testReport\.test\.ts/);
  assert.match(said[1] ?? '', /✖ hangs\n {4}Error: It did not end within/);
  assert.equal(lines.length, 3);
});

test('the last lines tell what failed in every part, and then the counts', async () => {
  const printed: string[] = [];
  const report = new TestReport((text) => printed.push(String(text)));
  assert.equal(await report.part('types', () => Promise.resolve()), true);
  const failures = [{ name: 'in the list', error: 'Error: Not there.\n    at node:internal/x:1:1' }];
  assert.equal(
    await report.part('suite', () => Promise.resolve({ passed: 5, failed: 1, skipped: 1, failures })),
    false,
  );
  const output = Array.from({ length: 40 }, (_, index) => `line ${index}.`).join('\n');
  await report.part('lint', () => Promise.reject(new CommandFailure('lint', 1, output)));
  await report.part('start', () => Promise.reject(new Error('It did not start.')));
  assert.ok(printed.includes(output), 'all of what a command printed is shown where it failed');
  const before = printed.length;
  report.end();
  const end = printed.slice(before).join('\n').split('\n').filter(Boolean);
  assert.deepEqual(end.slice(0, 3), ['Failed: suite', '  ✖ in the list', '    Error: Not there.']);
  assert.ok(end.includes('Failed: lint') && end.includes('    line 39.') && !end.includes('    line 0.'));
  assert.ok(end.includes('    Error: It did not start.'));
  assert.equal(end.at(-1), '6 passed, 3 failed, 1 skipped');
});

test('lines of work beside other work are held until they are wanted, in their order', () => {
  const shown: string[] = [];
  const output = new HeldOutput((line) => shown.push(line));
  output.print('one');
  output.print('two');
  assert.deepEqual(shown, []);
  output.show();
  output.print('three');
  assert.deepEqual(shown, ['one', 'two', 'three']);
});
