import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox.ts';
import { Chance } from '../../src/sandbox/district/chance.ts';
import { type PageServer, startPageServer } from '../support/pageServer.ts';
import { noSmallDisk, smallDisk } from '../support/smallDisk.ts';
import { finished, runCli, serverEnv, startCli, temporaryFolder, untilFolder } from './runCli.ts';

/** Exports that are broken off again and again, at points that chance picks, and come out as if nothing had been. */

const LIST = '/ws/v1/school/1/student?pagesize=50';
const PAGES = 60;

async function stateOf(file: string): Promise<{ nextPage: number; byteLength: number } | undefined> {
  try {
    return JSON.parse(await readFile(`${file}.part.json`, 'utf8')) as { nextPage: number; byteLength: number };
  } catch {
    return undefined;
  }
}

interface HeldServer extends PageServer {
  /** Pages from this one on wait until `release`. */
  readonly holdFrom: (page: number) => void;
  readonly release: () => void;
}

/** A list with cells that are hard to write, and a column that comes late. */
async function heldServer(t: TestContext): Promise<HeldServer> {
  let first = Infinity;
  let open: (() => void) | undefined;
  let gate = Promise.resolve();
  const server = await startPageServer(t, {
    count: () => PAGES * 50 - 7,
    record: (index) => ({
      id: index,
      name: { last_name: `=Quill, "${index}"\r\nZoë` },
      ...(index > 2600 ? { late: index } : {}),
      ...(index === 1400 ? { early: '007' } : {}),
    }),
    before: async ({ page }) => {
      if (page < first) return false;
      if (open === undefined) gate = new Promise((resolve) => (open = resolve));
      await gate;
      return false;
    },
  });
  return Object.assign(server, {
    holdFrom: (page: number) => {
      first = page;
    },
    release: () => {
      first = Infinity;
      open?.();
      open = undefined;
    },
  });
}

for (const [format, seed] of [
  ['ndjson', 1],
  ['ndjson', 2],
  ['csv', 3],
  ['csv', 4],
  ['json', 5],
] as const) {
  test(`${format}: killed five times at points that chance picks, with seed ${seed}`, async (t) => {
    const chance = new Chance(seed);
    const server = await heldServer(t);
    const cwd = await temporaryFolder(t);
    const file = path.join(cwd, 'out');
    const env = serverEnv(server);
    const args = ['get', LIST, '--all-pages', '--format', format, '-o'];
    const whole = await runCli([...args, 'whole'], { env, cwd });
    assert.equal(whole.code, 0, whole.stderr);
    const bytes = await readFile(path.join(cwd, 'whole'));

    for (let kills = 0; kills < 5; kills++) {
      const start = (await stateOf(file))?.nextPage ?? 1;
      // The first pages of a table wait for its header.
      const wanted = start + 4 + chance.below(4);
      server.holdFrom(wanted + chance.below(4));
      const child = startCli([...args, 'out', ...(kills === 0 ? [] : ['--resume'])], { env, cwd });
      const ended = finished(child);
      await untilFolder(cwd, async () => ((await stateOf(file))?.nextPage ?? 0) >= wanted);
      // From here on the pages before the one that is held arrive, and are written, or not any more.
      for (let turns = chance.below(60); turns > 0; turns--) await new Promise(setImmediate);
      child.kill('SIGKILL');
      assert.equal((await ended).signal, 'SIGKILL');
      server.release();

      const state = await stateOf(file);
      assert.ok(state !== undefined && state.nextPage >= wanted);
      const part = await readFile(`${file}.part`);
      assert.ok(part.length >= state.byteLength);
      // The header of a table is still that of its first pages.
      const noted = part.subarray(0, state.byteLength);
      if (format !== 'csv') assert.ok(noted.equals(bytes.subarray(0, state.byteLength)), 'what was noted is there');
    }
    const last = await runCli([...args, 'out', '--resume'], { env, cwd });
    assert.equal(last.code, 0, last.stderr);
    assert.deepEqual((await readdir(cwd)).sort(), ['out', 'whole']);
    assert.ok((await readFile(file)).equals(bytes));
  });
}

test('faults of the sandbox stop it or pass by, and the file is the same in the end', async (t) => {
  const sandbox = await startSandbox({ students: 1500 });
  t.after(() => sandbox.stop());
  const env = {
    POWERSCHOOL_URL: sandbox.url,
    POWERSCHOOL_CLIENT_ID: sandbox.clientId,
    POWERSCHOOL_CLIENT_SECRET: sandbox.clientSecret,
  };
  const cwd = await temporaryFolder(t);
  const list = '/ws/v1/district/student?expansions=demographics,addresses,phones&pagesize=20';
  const args = ['get', list, '--all-pages', '--format', 'csv', '-o'];
  const whole = await runCli([...args, 'whole'], { env, cwd });
  assert.equal(whole.code, 0, whole.stderr);

  const stopping = [{ errorRate: 0.3 }, { busyRate: 0.3 }, { maintenance: 'page' }, { maintenance: 'redirect' }];
  let resume = false;
  for (const fault of stopping) {
    await control(sandbox, 'PATCH', '', { ...fault, latency: 0 });
    const run = await runCli([...args, 'out', ...(resume ? ['--resume'] : [])], { env, cwd });
    assert.notEqual(run.code, 0, JSON.stringify(fault));
    assert.match(run.stderr, /^PS9\d\d: /m);
    await control(sandbox, 'PATCH', '', { errorRate: 0, busyRate: 0, maintenance: 'off' });
    resume = (await stateOf(path.join(cwd, 'out'))) !== undefined;
  }

  // A connection that is reset now and then does not even stop it.
  await control(sandbox, 'PATCH', '', { latency: 5, resetRate: 0.02 });
  const child = startCli([...args, 'out', ...(resume ? ['--resume'] : [])], { env, cwd });
  const ended = finished(child);
  const before = await callsOf(sandbox);
  while ((await callsOf(sandbox)) < before + 12) continue;
  await control(sandbox, 'POST', '/tokens/expire');
  while ((await callsOf(sandbox)) < before + 30) continue;
  child.kill('SIGKILL');
  assert.equal((await ended).signal, 'SIGKILL');
  await control(sandbox, 'POST', '/tokens/expire');
  await control(sandbox, 'PATCH', '', { resetRate: 0 });
  const last = await runCli([...args, 'out', '--resume'], { env, cwd });
  assert.equal(last.code, 0, last.stderr);
  assert.ok((await readFile(path.join(cwd, 'out'))).equals(await readFile(path.join(cwd, 'whole'))));
});

test('a disk that fills up keeps every record that was said to be written', { skip: noSmallDisk() }, async (t) => {
  const server = await startPageServer(t, { count: () => 3000, record: (id) => ({ id, text: 'x'.repeat(900) }) });
  const cwd = await temporaryFolder(t);
  const { folder: disk, grow, remove } = await smallDisk();
  t.after(remove);
  const env = serverEnv(server);
  const args = ['get', LIST, '--all-pages', '--format', 'csv', '-o'];
  const whole = await runCli([...args, 'whole'], { env, cwd });
  assert.equal(whole.code, 0, whole.stderr);
  for (const resume of [[], ['--resume'], ['--resume']]) {
    const { code, stderr } = await runCli([...args, path.join(disk, 'out'), ...resume], { env, cwd });
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^PS978: Cannot write .*: the disk is full\. Make room/m);
    assert.match(stderr, /run the same command with --resume/);
    const state = await stateOf(path.join(disk, 'out'));
    assert.ok(state !== undefined && state.nextPage > 1);
    const part = await readFile(path.join(disk, 'out.part'));
    const kept = part.subarray(0, state.byteLength);
    assert.ok(kept.equals((await readFile(path.join(cwd, 'whole'))).subarray(0, state.byteLength)));
  }
  grow(16);
  const resumed = await runCli([...args, path.join(disk, 'out'), '--resume'], { env, cwd });
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.ok((await readFile(path.join(disk, 'out'))).equals(await readFile(path.join(cwd, 'whole'))));
  assert.deepEqual(await readdir(disk), ['out']);
});

async function control(sandbox: RunningSandbox, method: string, where: string, body?: unknown): Promise<unknown> {
  const headers = { 'X-Sandbox-Key': sandbox.controlKey, 'Content-Type': 'application/json' };
  const answer = await fetch(`${sandbox.url}/sandbox/control${where}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(answer.ok, `${method} ${where}: ${answer.status}`);
  return answer.status === 204 ? undefined : answer.json();
}

async function callsOf(sandbox: RunningSandbox): Promise<number> {
  return ((await control(sandbox, 'GET', '')) as { counts: { calls: number } }).counts.calls;
}
