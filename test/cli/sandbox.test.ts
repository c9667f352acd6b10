import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { CLI, finished, runCli, startCli } from './runCli.ts';

interface Started {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const BUILT = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

async function startSandbox(
  t: TestContext,
  args: readonly string[] = [],
  entry = CLI,
): Promise<{ started: Started; env: Record<string, string>; stop: () => Promise<number | null> }> {
  const child = startCli(['sandbox', '--json', '--students', '250', ...args], { entry });
  const ended = finished(child);
  t.after(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ])) as [string];
  const started = JSON.parse(line) as Started;
  const env = {
    POWERSCHOOL_URL: started.url,
    POWERSCHOOL_CLIENT_ID: started.clientId,
    POWERSCHOOL_CLIENT_SECRET: started.clientSecret,
  };
  const stop = async (): Promise<number | null> => {
    child.kill('SIGINT');
    return (await ended).code;
  };
  return { started, env, stop };
}

test('sandbox --json says url and credentials in its first line, on loopback, and ends with Ctrl+C', async (t) => {
  const { started, stop } = await startSandbox(t);
  assert.deepEqual(Object.keys(started), ['url', 'clientId', 'clientSecret']);
  assert.match(started.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal(await stop(), process.platform === 'win32' ? null : 130);
});

test('every command works against the sandbox', async (t) => {
  const { env } = await startSandbox(t);
  const students = await runCli(['get', '/ws/v1/district/student?pagesize=100', '--all-pages'], { env });
  assert.equal(students.code, 0, students.stderr);
  const ids = students.stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: number }).id);
  assert.deepEqual([ids.length, new Set(ids).size], [250, 250]);

  const csv = await runCli(
    ['get', '/ws/v1/district/student?extensions=u_bikepermits&expansions=phones', '--all-pages', '--format', 'csv'],
    { env },
  );
  const [header = [], ...rows] = parse(csv.stdout);
  assert.equal(rows.length, 250);
  assert.ok(header.includes('name.last_name') && header.includes('_extension_data.u_bikepermits.permit_no'));

  const table = await runCli(
    ['get', '/ws/schema/table/students?projection=dcid,last_name&pagesize=60', '--all-pages', '--format', 'csv'],
    { env },
  );
  assert.deepEqual(parse(table.stdout)[0], ['id', 'name', 'tables.students.dcid', 'tables.students.last_name']);
  assert.equal(parse(table.stdout).length, 251);

  const one = await runCli(['get', '/ws/v1/student/1', '--all-pages'], { env });
  assert.equal((JSON.parse(one.stdout) as { id: number }).id, 1);
  const none = await runCli(['get', '/ws/v1/district/student?q=name.last_name==Nobodyhasthisname', '--all-pages'], {
    env,
  });
  assert.deepEqual([none.code, none.stdout], [0, '']);
  const missing = await runCli(['get', '/ws/v1/student/999999'], { env });
  assert.equal(missing.code, 1);
});

test('a process that forks it gets the credentials over the pipe, and its end ends the sandbox', async () => {
  const child = fork(CLI, ['sandbox', '--students', '20'], {
    cwd: os.tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [message] = (await once(child, 'message')) as [Started];
  assert.match(message.url, /^http:\/\/127\.0\.0\.1:/);
  assert.equal((await fetch(`${message.url}/ws/v1/metadata`)).status, 200);
  child.disconnect();
  const [code] = (await once(child, 'exit')) as [number | null];
  assert.deepEqual([code, said], [0, '']);
});

test('without --json people read what to set', async (t) => {
  const child = startCli(['sandbox', '--students', '20']);
  const ended = finished(child);
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  child.kill('SIGTERM');
  const { stdout } = await ended;
  assert.match(stdout, /^Sandbox district at http:\/\/127\.0\.0\.1:\d+\n\n {2}POWERSCHOOL_URL=http/);
});

test('a port that is taken is said', async (t) => {
  const { started } = await startSandbox(t);
  const { code, stderr } = await runCli(['sandbox', '--students', '20', '--port', new URL(started.url).port]);
  assert.equal(code, 2);
  assert.match(stderr, /port/i);
  assert.ok(!/\n\s+at /.test(stderr));
});

test('the built command line does the same', { skip: !existsSync(BUILT) && 'dist/cli.js is not built' }, async (t) => {
  const { env } = await startSandbox(t, [], BUILT);
  const run = await runCli(['get', '/ws/v1/district/student', '--all-pages'], { env, entry: BUILT });
  assert.equal(run.code, 0, run.stderr);
  assert.equal(run.stdout.trimEnd().split('\n').length, 250);
  assert.match((await runCli(['--help'], { entry: BUILT })).stdout, /^Usage: powerschool-explorer/);
});
