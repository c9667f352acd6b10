import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { json, type PageCall, type PageServer, startPageServer } from '../support/pageServer.ts';
import { CLI, finished, runCli, serverEnv, startCli, temporaryFolder, untilFolder } from './runCli.ts';

const LIST = '/ws/v1/school/1/student?expansions=phones&pagesize=100';
const COUNT = 1500;

/** Pages of this number are held back until `release`; nasty values, and a column that appears late. */
async function heldServer(
  t: TestContext,
  holdAt: number,
): Promise<PageServer & { release: () => void; held: () => number }> {
  let open: (() => void) | undefined;
  let held = 0;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const server = await startPageServer(t, {
    count: () => COUNT,
    record: (index) => ({
      id: index,
      name: { last_name: `Quill, "${index}"\r\nZoë` },
      ...(index === 1350 ? { late: '=x' } : {}),
    }),
    before: async ({ page }) => {
      if (page >= holdAt) {
        held++;
        await gate;
      }
      return false;
    },
  });
  return Object.assign(server, { release: () => open?.(), held: () => held });
}

async function wholeFile(t: TestContext, server: PageServer, args: readonly string[]): Promise<Buffer> {
  const cwd = await temporaryFolder(t);
  const { code, stderr } = await runCli(['get', LIST, '--all-pages', '-o', 'whole', ...args], {
    env: serverEnv(server),
    cwd,
  });
  assert.equal(code, 0, stderr);
  return readFile(path.join(cwd, 'whole'));
}

async function stateOf(file: string): Promise<{ nextPage: number; byteLength: number } | undefined> {
  try {
    return JSON.parse(await readFile(`${file}.part.json`, 'utf8')) as { nextPage: number; byteLength: number };
  } catch {
    return undefined;
  }
}

for (const format of ['ndjson', 'csv', 'json']) {
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    test(`${format}: ended by ${signal} in the middle and resumed is the undisturbed file`, async (t) => {
      const server = await heldServer(t, 8);
      const cwd = await temporaryFolder(t);
      const file = path.join(cwd, 'out');
      const args = ['get', LIST, '--all-pages', '--format', format, '-o', 'out'];
      const child = startCli(args, { env: serverEnv(server), cwd });
      const ended = finished(child);
      await untilFolder(cwd, async () => (await stateOf(file))?.nextPage === 8);
      child.kill(signal);
      const run = await ended;
      if (signal === 'SIGINT') {
        assert.equal(run.code, 130);
        assert.match(run.stderr, /run the same command with --resume/);
      }
      assert.deepEqual((await readdir(cwd)).sort(), ['out.part', 'out.part.json']);
      // What a kill in the middle of a write leaves behind.
      await writeFile(`${file}.part`, Buffer.concat([await readFile(`${file}.part`), Buffer.from('{"id":7')]));

      server.release();
      server.pages.length = 0;
      const resumed = await runCli([...args, '--resume'], { env: serverEnv(server), cwd });
      assert.equal(resumed.code, 0, resumed.stderr);
      assert.equal(Math.min(...server.pages), 8);
      assert.deepEqual(await readdir(cwd), ['out']);
      const whole = await wholeFile(t, server, ['--format', format]);
      assert.ok((await readFile(file)).equals(whole));
    });
  }
}

const faults: [name: string, exit: number, fault: (call: PageCall, server: PageServer) => boolean][] = [
  [
    'a connection that is reset',
    3,
    ({ response }) => {
      response.socket?.resetAndDestroy();
      return true;
    },
  ],
  [
    'a server that is busy',
    1,
    ({ response }) => {
      response.setHeader('Retry-After', '120');
      json(response, '{"errorMessage":{"message":"busy"}}', 503);
      return true;
    },
  ],
  [
    'credentials that were regenerated',
    3,
    ({ response }) => {
      response.setHeader(
        'WWW-Authenticate',
        'Bearer error="invalid_token",realm="PowerSchool",error_description="The access token has expired"',
      );
      json(response, '', 401);
      return true;
    },
  ],
  [
    'a maintenance page',
    1,
    ({ response }) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><body>Maintenance</body></html>');
      return true;
    },
  ],
];
for (const [name, exit, fault] of faults) {
  test(`${name} stops the export with exit ${exit}, and it can be resumed`, async (t) => {
    let broken = true;
    const running: { server?: PageServer } = {};
    const server = await startPageServer(t, {
      count: () => COUNT,
      before: (call) => broken && call.page >= 9 && running.server !== undefined && fault(call, running.server),
    });
    running.server = server;
    const cwd = await temporaryFolder(t);
    const args = ['get', LIST, '--all-pages', '-o', 'out'];
    const run = await runCli(args, { env: serverEnv(server), cwd });
    assert.equal(run.code, exit, run.stderr);
    assert.match(run.stderr, /out\.part; run the same command with --resume/);
    assert.equal((await stateOf(path.join(cwd, 'out')))?.nextPage, 9);
    broken = false;
    const resumed = await runCli([...args, '--resume'], { env: serverEnv(server), cwd });
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.ok((await readFile(path.join(cwd, 'out'))).equals(await wholeFile(t, server, [])));
  });
}

test('a connection that is reset once, and a token that expires, do not even stop it', async (t) => {
  let broken = true;
  const running: { server?: PageServer } = {};
  const server = await startPageServer(t, {
    count: () => COUNT,
    before: ({ page, response }) => {
      if (page === 6) running.server?.expireToken();
      if (page !== 4 || !broken) return false;
      broken = false;
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"students":{"student":[', () => response.socket?.resetAndDestroy());
      return true;
    },
  });
  running.server = server;
  const cwd = await temporaryFolder(t);
  const run = await runCli(['get', LIST, '--all-pages', '-o', 'out'], { env: serverEnv(server), cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.equal((await readFile(path.join(cwd, 'out'), 'utf8')).split('\n').length, COUNT + 1);
});

test('another filter, page size, format, columns or count is refused with its own code', async (t) => {
  let count = COUNT;
  let broken = true;
  const server = await startPageServer(t, {
    count: () => count,
    before: ({ page, response }) => {
      if (!broken || page < 9) return false;
      json(response, '{}', 500);
      return true;
    },
  });
  const cwd = await temporaryFolder(t);
  const env = serverEnv(server);
  const resume = async (target: string, ...extra: string[]): Promise<string> => {
    const { code, stderr } = await runCli(['get', target, '--all-pages', '-o', 'out', '--resume', ...extra], {
      env,
      cwd,
    });
    assert.equal(code, 2, stderr);
    assert.ok(!stderr.includes('run the same command'));
    return stderr.slice(0, 5);
  };
  await runCli(['get', LIST, '--all-pages', '-o', 'out'], { env, cwd });
  broken = false;
  const part = await readFile(path.join(cwd, 'out.part'));
  assert.equal(await resume('/ws/v1/school/2/student?expansions=phones&pagesize=100'), 'PS970');
  assert.equal(await resume('/ws/v1/school/1/student?pagesize=100'), 'PS970');
  assert.equal(await resume('/ws/v1/school/1/student?expansions=phones&pagesize=50'), 'PS971');
  assert.equal(await resume(LIST, '--format', 'csv'), 'PS973');
  assert.equal(await resume(LIST, '--columns', 'id'), 'PS973');
  count = COUNT + 1;
  assert.equal(await resume(LIST), 'PS972');
  assert.deepEqual(await readFile(path.join(cwd, 'out.part')), part);
});

for (const [format, ...more] of [['ndjson'], ['json'], ['csv'], ['csv', '--columns', 'name.last_name,dcid']] as const) {
  test(`${[format, ...more].join(' ')}: a record that comes again after the break is told, and no other`, async (t) => {
    let again: number | undefined;
    let last = 8;
    const server = await startPageServer(t, {
      count: () => COUNT,
      record: (index) => {
        const id = index === 1400 ? (again ?? index) : index;
        return { name: { last_name: `,"${index}"\r\nid` }, id, dcid: id, list: [{ id: 3 }] };
      },
      before: ({ page, response }) => {
        if (page > last) json(response, '{"errorMessage":{"message":"no"}}', 403);
        return page > last;
      },
    });
    const env = serverEnv(server);
    for (const [repeated, told] of [
      [undefined],
      [3, 'PS9961: Records that came with the id of an earlier one: 1, for example 3.'],
    ] as const) {
      const cwd = await temporaryFolder(t);
      const args = ['get', LIST, '--all-pages', '--format', format, '-o', 'out', ...more];
      again = repeated;
      last = 8;
      assert.equal((await runCli(args, { env, cwd })).code, 1);
      last = Infinity;
      const { code, stderr } = await runCli([...args, '--resume'], { env, cwd });
      assert.equal(code, 0, stderr);
      assert.equal(
        stderr
          .split('\n')
          .find((line) => line.startsWith('PS9961'))
          ?.slice(0, told?.length),
        told,
        stderr,
      );
    }
  });
}

test('nothing secret is written while an export runs', async (t) => {
  const server = await heldServer(t, 5);
  const cwd = await temporaryFolder(t);
  const child = startCli(['get', LIST, '--all-pages', '-o', 'out'], { env: serverEnv(server), cwd });
  const ended = finished(child);
  await untilFolder(cwd, async () => (await stateOf(path.join(cwd, 'out')))?.nextPage === 5);
  child.kill('SIGKILL');
  await ended;
  for (const name of await readdir(cwd)) {
    const text = await readFile(path.join(cwd, name), 'latin1');
    assert.ok(
      !text.includes('token-1') && !text.includes('page-server-secret') && !text.includes('page-server-client'),
      name,
    );
  }
});

test(
  'a disk that is full keeps what was written, and the rest follows later',
  { skip: process.platform === 'win32' },
  async (t) => {
    const server = await startPageServer(t, { count: () => COUNT, record: (id) => ({ id, text: 'x'.repeat(500) }) });
    const cwd = await temporaryFolder(t);
    const env = { ...serverEnv(server), PATH: process.env['PATH'] ?? '' };
    const args = ['get', LIST, '--all-pages', '-o', 'out'];
    // The shell's limit on the size of a file, in blocks of 512 or 1024 bytes, stands in for a disk that is full.
    const child = spawn('sh', ['-c', 'ulimit -f 300; exec "$@"', 'sh', process.execPath, CLI, ...args], { cwd, env });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 2, stderr);
    assert.match(stderr, /PS978: Cannot write/);
    assert.match(stderr, /run the same command with --resume/);
    const state = await stateOf(path.join(cwd, 'out'));
    assert.ok(state !== undefined && state.nextPage > 1 && state.nextPage < 15);
    const resumed = await runCli([...args, '--resume'], { env: serverEnv(server), cwd });
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.ok((await readFile(path.join(cwd, 'out'))).equals(await wholeFile(t, server, [])));
  },
);

test(
  'a table for standard output that finds no room for its temporary file says so',
  { skip: process.platform === 'win32' },
  async (t) => {
    const server = await startPageServer(t, { count: () => COUNT, record: (id) => ({ id, text: 'x'.repeat(500) }) });
    const env = { ...serverEnv(server), PATH: process.env['PATH'] ?? '' };
    const args = ['get', LIST, '--all-pages', '--format', 'csv'];
    const child = spawn('sh', ['-c', 'ulimit -f 300; exec "$@"', 'sh', process.execPath, CLI, ...args], { env });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.resume();
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^PS978: Cannot write /m);
  },
);
