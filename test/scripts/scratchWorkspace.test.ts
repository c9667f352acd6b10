import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { fillScratchWorkspace } from '../../scripts/start/scratchWorkspace.ts';

describe('the workspace of npm start', () => {
  let folder: string;
  let sample: string;
  let workspace: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'powerschool-scratch-'));
    sample = path.join(folder, 'sample');
    workspace = path.join(folder, 'workspace');
    await mkdir(path.join(sample, 'requests'), { recursive: true });
    await writeFile(path.join(sample, 'requests', 'a.ps.http'), 'GET /one\n');
    await fillScratchWorkspace(sample, workspace);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const inWorkspace = (): string => path.join(workspace, 'requests', 'a.ps.http');

  test('is a copy of the sample', async () => {
    assert.equal(await readFile(inWorkspace(), 'utf8'), 'GET /one\n');
  });

  test('keeps what a person wrote', async () => {
    await writeFile(inWorkspace(), 'GET /mine\n');
    await writeFile(path.join(sample, 'requests', 'a.ps.http'), 'GET /two\n');
    await fillScratchWorkspace(sample, workspace);
    await fillScratchWorkspace(sample, workspace);
    assert.equal(await readFile(inWorkspace(), 'utf8'), 'GET /mine\n');
  });

  test('follows the sample where nothing was changed, and gets its new files', async () => {
    await writeFile(path.join(sample, 'requests', 'a.ps.http'), 'GET /two\n');
    await writeFile(path.join(sample, 'requests', 'b.ps.http'), 'GET /three\n');
    await fillScratchWorkspace(sample, workspace);
    assert.equal(await readFile(inWorkspace(), 'utf8'), 'GET /two\n');
    assert.equal(await readFile(path.join(workspace, 'requests', 'b.ps.http'), 'utf8'), 'GET /three\n');
  });

  test('does not bring a deleted file back', async () => {
    await rm(inWorkspace());
    await fillScratchWorkspace(sample, workspace);
    await assert.rejects(readFile(inWorkspace()), { code: 'ENOENT' });
  });
});
