import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox.ts';
import { CLI, finished, runCli, startCli, temporaryFolder, type CliRun } from './runCli.ts';

/** `run`, `query`, `import` and `export` as processes of their own, against the sandbox district. */

const PLUGIN = fileURLToPath(new URL('../../media/sample-workspace/plugins/homeroom-lists', import.meta.url));
const GOOD = '### Good\n# @name good\n# @expect status == 200\nGET /ws/v1/district\n\n';
const FAILS = '### Fails\n# @expect count > 100000\nGET /ws/v1/district/school\n\n';
const NOBODY = '### Nobody\nGET http://127.0.0.1:1/ws/v1/district\n\n';
const MALFORMED = '### Malformed\n# @expect stats == 200\nGET /ws/v1/district\n\n';

/** Begins colours and movements of the cursor. */
const ESCAPE = '\u001b';

let sandbox: RunningSandbox;

before(async () => {
  sandbox = await startSandbox({ students: 60, plugins: [PLUGIN] });
});

after(async () => {
  await sandbox.stop();
});

function district(credentials: { clientId: string; clientSecret: string } = sandbox): Record<string, string> {
  const { clientId, clientSecret } = credentials;
  return {
    POWERSCHOOL_URL: sandbox.url,
    POWERSCHOOL_CLIENT_ID: clientId,
    POWERSCHOOL_CLIENT_SECRET: clientSecret,
  };
}

async function runFile(t: TestContext, text: string, ...args: string[]): Promise<CliRun> {
  const cwd = await temporaryFolder(t);
  await writeFile(path.join(cwd, 'a.ps.http'), text);
  return runCli(['run', 'a.ps.http', ...args], { cwd, env: district() });
}

async function control(change: Record<string, unknown>): Promise<void> {
  const headers = { 'X-Sandbox-Key': sandbox.controlKey, 'Content-Type': 'application/json' };
  await fetch(`${sandbox.url}/sandbox/control`, { method: 'PATCH', headers, body: JSON.stringify(change) });
}

test('the worst of several outcomes decides the exit code: 2 before 3 before 1', async (t) => {
  const cases: [text: string, code: number][] = [
    [GOOD, 0],
    [GOOD + FAILS, 1],
    [FAILS + NOBODY, 3],
    [NOBODY + FAILS, 3],
    [NOBODY + MALFORMED + FAILS, 2],
  ];
  for (const [text, code] of cases) {
    const { code: ended, stdout } = await runFile(t, text);
    assert.equal(ended, code, stdout);
  }
});

test('Ctrl+C is 130 whatever failed before', { skip: process.platform === 'win32' }, async (t) => {
  const cwd = await temporaryFolder(t);
  await writeFile(path.join(cwd, 'a.ps.http'), FAILS + GOOD.repeat(1000));
  const child = startCli(['run', 'a.ps.http'], { cwd, env: district() });
  const ended = finished(child);
  const failed = new Promise<void>((resolve) => {
    child.stdout?.on('data', (text: string) => {
      if (text.includes('✗')) resolve();
    });
  });
  await failed;
  await control({ latency: 60_000 });
  child.kill('SIGINT');
  try {
    const { code, stdout } = await ended;
    assert.equal(code, 130);
    assert.match(stdout, /✗ count > 100000/, 'what is known so far is told');
    assert.doesNotMatch(stdout, /^1001 requests/m);
  } finally {
    await control({ latency: 0 });
  }
});

test('--timeout ends a request without a limit of its own, and the rest goes on', async (t) => {
  await control({ latency: 2_000 });
  const own = '### Own\n# @timeout 30\nGET /ws/v1/district\n\n';
  try {
    const { code, stdout } = await runFile(
      t,
      `### Late\nGET /ws/v1/district\n\n${own}`,
      '--timeout',
      '300',
      '--output',
      'json',
    );
    const [late, other] = JSON.parse(stdout) as { error?: { code: string }; status: number | null }[];
    assert.deepEqual([late?.error?.code, late?.status, other?.status], ['PS577', null, 200]);
    assert.equal(code, 3);
  } finally {
    await control({ latency: 0 });
  }
});

test('--bail stops at the first that does not pass', async (t) => {
  const { code, stdout } = await runFile(t, FAILS + GOOD, '--bail', '--output', 'json');
  assert.equal(code, 1);
  assert.equal((JSON.parse(stdout) as unknown[]).length, 1);
});

test('an unknown environment is wrong usage, and says which there are', async (t) => {
  const { code, stdout, stderr } = await runFile(t, GOOD, '--env', 'north');
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /There is no environment "north"\. No http-client\.env\.json was found\./);
});

test('--output none writes nothing, a pipe gets neither colour nor progress', async (t) => {
  assert.deepEqual(await runFile(t, GOOD, '--output', 'none'), { code: 0, signal: null, stdout: '', stderr: '' });
  const { stdout, stderr } = await runFile(t, GOOD + FAILS);
  assert.ok(!stdout.includes(ESCAPE));
  assert.equal(stderr, '');
  assert.match(stdout, /✓ good .* 200 /);
  assert.match(stdout, /2 requests: 1 passed, 1 not/);
});

test('a question that nobody can answer fails its request alone', async (t) => {
  const { code, stdout } = await runFile(t, `### Asked\nGET /ws/v1/student/{{$prompt Id}}\n\n${GOOD}`);
  assert.equal(code, 1);
  assert.match(stdout, /PS571 There is nobody here to answer "Id"/);
  assert.match(stdout, /1 passed, 1 not/);
});

const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;
const noTerminal = !hasTerminal && 'no script command here';

/** Runs a command on a terminal of its own; what it shows and its exit code. */
function onTerminal(
  args: readonly string[],
  { cwd, env, input = '' }: { cwd: string; env: Record<string, string>; input?: string },
): Promise<CliRun> {
  const words = [process.execPath, CLI, ...args].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
  const child = spawn('script', ['-qec', words.join(' '), '/dev/null'], {
    cwd,
    env: { PATH: process.env['PATH'], TERM: 'xterm', ...env },
  });
  child.stdout.on('data', () => {
    // The question is answered when it is asked.
    if (input !== '') child.stdin.write(input);
    input = '';
  });
  return finished(child);
}

test('a terminal gets colour and progress, with NO_COLOR neither', { skip: noTerminal }, async (t) => {
  const cwd = await temporaryFolder(t);
  await writeFile(path.join(cwd, 'a.ps.http'), GOOD + FAILS);
  const lively = await onTerminal(['run', 'a.ps.http'], { cwd, env: district() });
  assert.equal(lively.code, 1);
  assert.ok(lively.stdout.includes(`${ESCAPE}[32m`), 'colour');
  assert.ok(lively.stdout.includes(`\r${ESCAPE}[K1 of 2: good`), 'progress');
  const plain = await onTerminal(['run', 'a.ps.http'], { cwd, env: { ...district(), NO_COLOR: '1' } });
  assert.equal(plain.code, 1);
  assert.ok(!plain.stdout.includes(ESCAPE) && !plain.stdout.includes('1 of 2'));
  assert.match(plain.stdout, /✗ count > 100000: was \d+/);
});

test('a terminal is asked, on a line of its own', { skip: noTerminal }, async (t) => {
  const cwd = await temporaryFolder(t);
  const text = '### Asked\n# @expect body $.student.id == 7\nGET /ws/v1/student/{{$prompt Id of the student}}\n';
  await writeFile(path.join(cwd, 'a.ps.http'), text);
  const { code, stdout } = await onTerminal(['run', 'a.ps.http'], { cwd, env: district(), input: '7\r' });
  assert.equal(code, 0, stdout);
  assert.match(stdout, /Id of the student: /);
  const [before = ''] = stdout.split('Id of the student: ');
  assert.ok(
    before.endsWith(`${ESCAPE}[0J`) || before.endsWith('\r') || before.endsWith('\n'),
    'the line was cleared first',
  );
});

test('query runs a PowerQuery of an installed plugin with its arguments, and says what is wrong', async () => {
  const credentials = sandbox.plugins[1]?.credentials;
  assert.ok(credentials);
  const env = district(credentials);
  const name = 'example.fernhill.homerooms.students.list';
  const { code, stdout, stderr } = await runCli(['query', name, '--arg', 'grade=9', '--format', 'ndjson'], { env });
  assert.equal(code, 0, stderr);
  const rows = stdout.trimEnd().split('\n');
  assert.ok(stdout.endsWith('\n') && rows.length > 0);
  for (const row of rows) assert.equal(typeof JSON.parse(row), 'object');
  const refused = await runCli(['query', name], { env });
  assert.deepEqual([refused.code, refused.stdout], [1, '']);
  const unknown = await runCli(['query', 'a.b.c.d.e'], { env });
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /PS9\d\d/);
});

test('a collection that is imported into a folder runs there, and goes out again', async (t) => {
  const cwd = await temporaryFolder(t);
  const collection = {
    info: { name: 'Calls', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [
      {
        name: 'Schools',
        item: [
          {
            name: 'All schools',
            event: [{ listen: 'test', script: { exec: ['pm.test("ok", () => pm.response.to.have.status(200));'] } }],
            request: { method: 'GET', url: '{{baseUrl}}/ws/v1/district/school' },
          },
        ],
      },
    ],
  };
  await writeFile(path.join(cwd, 'calls.json'), JSON.stringify(collection));
  const environment = { name: 'North', values: [{ key: 'baseUrl', value: sandbox.url, enabled: true }] };
  await writeFile(path.join(cwd, 'north.json'), JSON.stringify(environment));
  const imported = await runCli(['import', 'postman', 'calls.json', '--environment', 'north.json', '-o', 'requests'], {
    cwd,
  });
  assert.equal(imported.code, 0, imported.stderr);
  const ran = await runCli(['run', 'requests', '--output', 'json', '--report', 'junit=out/report.xml'], {
    cwd,
    env: district(),
  });
  assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  const [entry] = JSON.parse(ran.stdout) as { expectations: unknown[] }[];
  assert.deepEqual(entry?.expectations, [{ text: 'status == 200', passed: true, actual: 200 }]);
  assert.match(await readFile(path.join(cwd, 'out', 'report.xml'), 'utf8'), /<testcase /);
  const again = await runCli(['import', 'postman', 'calls.json', '-o', 'requests'], { cwd });
  assert.equal(again.code, 2, 'files that are there are not replaced');
  const file = imported.stdout.split('\n').find((name) => name.endsWith('.ps.http'));
  assert.ok(file);
  const exported = await runCli(['export', 'postman', file, '-o', 'out.json'], { cwd });
  assert.equal(exported.code, 0, exported.stderr);
  const back = JSON.parse(await readFile(path.join(cwd, 'out.json'), 'utf8')) as { item: { name: string }[] };
  assert.match(JSON.stringify(back), /All schools|allSchools/);
});

test('export curl --cmd is for the command prompt of Windows', async (t) => {
  const cwd = await temporaryFolder(t);
  await mkdir(path.join(cwd, 'x'));
  await writeFile(
    path.join(cwd, 'x', 'a.ps.http'),
    '### Two & more\nGET /ws/v1/district/student?q=name.last_name==O*&pagesize=5\n',
  );
  const bash = await runCli(['export', 'curl', 'x/a.ps.http'], { cwd });
  assert.match(bash.stdout, /^# Two & more\ncurl \\\n {2}"\$POWERSCHOOL_URL"'\/ws/);
  const cmd = await runCli(['export', 'curl', 'x/a.ps.http', '--cmd'], { cwd });
  assert.match(
    cmd.stdout,
    /^REM Two & more\ncurl \^\n {2}\^"%POWERSCHOOL_URL%\/ws\/v1\/district\/student\?q=name\.last_name==O\*\^&pagesize=5\^"/,
  );
  assert.deepEqual([bash.code, cmd.code], [0, 0]);
});
