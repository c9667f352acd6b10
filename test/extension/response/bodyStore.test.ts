import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { recordValue } from '../../../src/core/output/recordBatch.ts';
import { receiveBody, type AnswerBody } from '../../../src/core/run/answerBody.ts';
import { OWNER_FILE } from '../../../src/extension/response/bodyFiles.ts';
import { BodyStore, type RunBodies } from '../../../src/extension/response/bodyStore.ts';
import { removeOrphanedBodies } from '../../../src/extension/response/orphanedBodies.ts';

let root: string;
beforeEach(async () => {
  root = path.join(await mkdtemp(path.join(tmpdir(), 'bodies-')), 'results');
});
afterEach(() => rm(path.dirname(root), { recursive: true, force: true }));

async function* chunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

const ROWS = Array.from({ length: 3000 }, (_, id) => ({ id, name: `Grüße ${id}` }));

async function receive(run: RunBodies, limit = 1000): Promise<AnswerBody> {
  const body = chunks(JSON.stringify({ students: { student: ROWS } }), 777);
  return receiveBody({ body, headers: [] }, { limit, openSpool: run.openSpool, indexLarge: true });
}

test('a body over the limit lies in a file, and its records are read by their offsets', async () => {
  const store = new BodyStore(root);
  const body = await receive(store.run());
  assert.equal(body.bytes, undefined);
  assert.equal(await body.countRecords(), 3000);
  const records = body.records();
  assert.ok(records);
  const some = await records.read(2990, 5000);
  assert.deepEqual(
    Array.from({ length: some.count }, (_, at) => recordValue(some, at)),
    ROWS.slice(2990),
  );
  const picked = await records.pick(Uint32Array.of(2999, 0, 17));
  assert.deepEqual(
    [0, 1, 2].map((at) => recordValue(picked, at)),
    [ROWS[2999], ROWS[0], ROWS[17]],
  );
  assert.equal(Buffer.from(await body.start(14)).toString(), '{"students":{"');
  assert.deepEqual(await body.json(), { json: { students: { student: ROWS } } });
  store.dispose();
});

test('a body under the limit stays in memory, with the same records', async () => {
  const store = new BodyStore(root);
  const body = await receive(store.run(), 1e6);
  assert.equal(existsSync(root), false);
  const picked = await body.records()?.pick(Uint32Array.of(2999, 1));
  assert.ok(picked);
  assert.deepEqual(
    [0, 1].map((at) => recordValue(picked, at)),
    [ROWS[2999], ROWS[1]],
  );
  store.dispose();
});

test('only the user can read what is kept', { skip: process.platform === 'win32' && 'modes of POSIX' }, async () => {
  const store = new BodyStore(root);
  const body = await receive(store.run());
  const file = body.spooled?.path ?? '';
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.equal((await stat(path.dirname(file))).mode & 0o777, 0o700);
  assert.equal((await stat(root)).mode & 0o777, 0o700);
  assert.equal((await stat(path.join(path.dirname(file), OWNER_FILE))).mode & 0o777, 0o600);
  store.dispose();
});

test('a body goes when its run is over and nobody holds it, and not before', async () => {
  const store = new BodyStore(root);
  const run = store.run();
  const [shown, unseen] = [await receive(run), await receive(run)];
  const first = store.hold(shown);
  const second = store.hold(shown);
  await run.release();
  assert.equal(store.has(unseen), false);
  assert.equal(store.has(shown), true);
  await first.release();
  await first.release();
  assert.equal(store.has(shown), true);
  assert.ok(existsSync(shown.spooled?.path ?? ''));
  await second.release();
  assert.equal(store.has(shown), false);
  assert.equal(await shown.text(), undefined);
  store.dispose();
});

test('a body whose receipt fails leaves nothing', async () => {
  const store = new BodyStore(root);
  const broken = (async function* () {
    yield* chunks('x'.repeat(5000), 100);
    throw new Error('reset');
  })();
  const receiving = receiveBody(
    { body: broken, headers: [] },
    { limit: 1000, openSpool: store.run().openSpool, indexLarge: true },
  );
  await assert.rejects(receiving, /reset/);
  const [folder = ''] = await readdir(root);
  assert.deepEqual(await readdir(path.join(root, folder)), [OWNER_FILE]);
  store.dispose();
});

test('closing the window removes its folder and no other', async () => {
  const [mine, other] = [new BodyStore(root), new BodyStore(root)];
  await receive(mine.run());
  const kept = await receive(other.run());
  mine.dispose();
  assert.equal((await readdir(root)).length, 1);
  assert.ok(existsSync(kept.spooled?.path ?? ''));
  other.dispose();
  assert.deepEqual(await readdir(root), []);
});

test('a start removes what a crashed window left, and nothing of a window that lives', async () => {
  const alive = new BodyStore(root);
  const kept = await receive(alive.run());
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  const crashed = path.join(root, 'crashed');
  await mkdir(crashed);
  await writeFile(path.join(crashed, OWNER_FILE), JSON.stringify({ process: child.pid }));
  await writeFile(path.join(crashed, 'body'), 'records of children');
  await removeOrphanedBodies(root, Date.now());
  assert.equal(existsSync(crashed), false);
  assert.ok(existsSync(kept.spooled?.path ?? ''));
  alive.dispose();
});

test('a folder whose number belongs to another program by now is an orphan once it is silent', async () => {
  const folder = path.join(root, 'silent');
  const owner = path.join(folder, OWNER_FILE);
  await mkdir(folder, { recursive: true });
  await writeFile(owner, JSON.stringify({ process: process.pid }));
  await removeOrphanedBodies(root, Date.now());
  assert.ok(existsSync(folder));
  const long = new Date(Date.now() - 3_600_000);
  await utimes(owner, long, long);
  await removeOrphanedBodies(root, Date.now());
  assert.equal(existsSync(folder), false);
});

test('nothing to remove is no failure', () => removeOrphanedBodies(path.join(root, 'missing'), Date.now()));

test('clearing removes the bodies of every window, and both go on afterwards', async () => {
  const [mine, theirs] = [new BodyStore(root), new BodyStore(root)];
  const run = theirs.run();
  const [own, other] = [await receive(mine.run()), await receive(run)];
  await mine.clear();
  assert.equal(existsSync(root), false);
  assert.equal(mine.has(own), false);
  assert.equal(await other.text(), undefined);
  await run.release();
  for (const store of [mine, theirs]) {
    const body = await receive(store.run());
    assert.equal(await body.countRecords(), 3000);
    assert.ok((await body.text())?.includes('Grüße 2999'));
    store.dispose();
  }
  assert.deepEqual(await readdir(root), []);
});
