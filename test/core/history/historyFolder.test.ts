import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { newEntryId, type HistoryEntry } from '../../../src/core/history/historyEntry.ts';
import { HISTORY_LIMITS, HistoryFolder, type HistoryLimits } from '../../../src/core/history/historyFolder.ts';

const NOW = Date.UTC(2026, 8, 1, 12);

let home: string;
let folder: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'powerschool-history-'));
  folder = path.join(home, 'history');
});

afterEach(() => rm(home, { recursive: true, force: true }));

function history(limits: Partial<HistoryLimits> = {}): HistoryFolder {
  return new HistoryFolder(folder, () => NOW, { ...HISTORY_LIMITS, ...limits });
}

function entry(age: number, unique: string): HistoryEntry {
  return {
    id: newEntryId(NOW - age, unique),
    title: unique,
    source: undefined,
    server: undefined,
    method: 'GET',
    url: 'https://ps.example/ws/v1/district',
    headers: [],
    body: undefined,
    pages: undefined,
    timeout: undefined,
    whole: true,
    outcome: 'passed',
    answer: undefined,
    error: undefined,
  };
}

async function* bytes(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(text);
}

async function textOf(body: { read(): AsyncIterable<Uint8Array> } | undefined): Promise<string | undefined> {
  if (body === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.read()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function titles(): Promise<string[]> {
  return (await history().list()).map(({ title }) => title);
}

test('entries outlive the window that wrote them, newest first', async () => {
  await history().add(entry(2000, 'old'));
  await history().add(entry(1000, 'new'));
  assert.deepEqual(await titles(), ['new', 'old']);
});

test('two windows at once lose no entry, and see what the other removes and clears', async () => {
  const [first, second] = [history(), history()];
  await Promise.all(
    Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? first : second).add(entry(index, `request${index}`))),
  );
  assert.equal((await first.list()).length, 40);
  assert.equal((await second.list()).length, 40);
  await first.remove(entry(3, 'request3').id);
  assert.ok(!(await second.list()).some(({ title }) => title === 'request3'));
  await second.clear();
  assert.deepEqual(await first.list(), []);
  await first.add(entry(1, 'after'));
  assert.deepEqual(await titles(), ['after']);
});

test('the number and the age of entries are limited', async () => {
  const limited = history({ entries: 3, age: 10_000 });
  for (const age of [9000, 1, 2, 3, 20_000]) await limited.add(entry(age, `age${age}`));
  assert.deepEqual(
    (await limited.list()).map(({ title }) => title),
    ['age1', 'age2', 'age3'],
  );
  assert.equal((await readdir(folder)).length, 3);
});

test('kept bodies are read back, go with their entry, and the oldest make room', async () => {
  const limited = history({ bodies: 10 });
  for (const age of [2, 1]) {
    await limited.add(entry(age, `age${age}`));
    await limited.keepBody(entry(age, `age${age}`).id, bytes('1234567'));
  }
  assert.equal(await textOf(await limited.body(entry(1, 'age1').id)), '1234567');
  assert.equal(await limited.body(entry(2, 'age2').id), undefined);
  assert.equal((await limited.list()).length, 2);
  await limited.removeBodies();
  assert.equal(await limited.body(entry(1, 'age1').id), undefined);
  await limited.keepBody(entry(1, 'age1').id, bytes('1'));
  await limited.remove(entry(1, 'age1').id);
  assert.equal((await readdir(folder)).length, 1);
});

test('the folder and its files are readable by the user alone', { skip: process.platform === 'win32' }, async () => {
  await history().add(entry(1, 'mine'));
  await history().keepBody(entry(1, 'mine').id, bytes('x'));
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
  for (const name of await readdir(folder)) assert.equal((await stat(path.join(folder, name))).mode & 0o777, 0o600);
});

test('a damaged file is passed over, and what a crash left half written is removed', async () => {
  await history().add(entry(1, 'good'));
  await writeFile(path.join(folder, `${newEntryId(NOW - 5, 'damaged')}.json`), '{"id":');
  await writeFile(path.join(folder, `${newEntryId(NOW - 3_600_000, 'half')}.json.part`), '{');
  await writeFile(path.join(folder, `${newEntryId(NOW - 5, 'running')}.json.part`), '{');
  assert.deepEqual(await titles(), ['good']);
  const left = await readdir(folder);
  assert.ok(left.some((name) => name.includes('running')) && !left.some((name) => name.includes('half')), String(left));
});

test('a body that cannot be written to its end leaves nothing behind', async () => {
  await history().add(entry(0, 'one'));
  const broken = (async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('[');
    throw new Error('the disk is full');
  })();
  await assert.rejects(history().keepBody(entry(0, 'one').id, broken), /full/);
  assert.deepEqual(await readdir(folder), [`${entry(0, 'one').id}.json`]);
});

test('clearing leaves nothing on the disk', async () => {
  await history().add(entry(1, 'one'));
  await history().keepBody(entry(1, 'one').id, bytes('x'));
  await history().clear();
  assert.deepEqual(await readdir(home), []);
});
