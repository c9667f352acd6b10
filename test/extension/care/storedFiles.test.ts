import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { filesBelow, removeAll } from '../../../src/extension/care/storedFiles.ts';

let folder: string;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'powerschool-stored-'));
});

after(() => rm(folder, { recursive: true, force: true }));

test('everything below a folder is removed, and what was there before a moment is told', async () => {
  const old = path.join(folder, 'history', 'deep', 'old.json');
  await mkdir(path.dirname(old), { recursive: true });
  await writeFile(old, '{}');
  await utimes(old, 1000, 1000);
  await writeFile(path.join(folder, 'new.json'), '{}');
  assert.deepEqual(await filesBelow(folder, 2_000_000), [old]);
  await removeAll(folder);
  assert.deepEqual(await filesBelow(folder, Infinity), []);
  assert.deepEqual(await filesBelow(path.join(folder, 'nowhere'), Infinity), []);
});
