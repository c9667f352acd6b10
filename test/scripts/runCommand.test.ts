import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandFailure, runCommand } from '../../scripts/process/runCommand.ts';

test('a command gives what it printed, line by line too', async () => {
  const lines: string[] = [];
  const output = await runCommand(process.execPath, ['-e', 'console.log("a\\nb")'], {
    onLine: (line) => lines.push(line),
  });
  assert.equal(output, 'a\nb');
  assert.deepEqual(lines, ['a', 'b']);
});

test('a command that fails tells its code and what it printed', async () => {
  const failing = runCommand(process.execPath, ['-e', 'console.error("why"); process.exitCode = 3']);
  await assert.rejects(failing, (error: unknown) => {
    assert.ok(error instanceof CommandFailure);
    assert.match(error.message, /ended with 3$/);
    assert.equal(error.output, 'why');
    return true;
  });
});

test('a command that is not there fails and says so', async () => {
  await assert.rejects(runCommand('no-such-program-here', []), (error: unknown) => {
    assert.ok(error instanceof CommandFailure);
    assert.match(error.output, /no-such-program-here/);
    return true;
  });
});
