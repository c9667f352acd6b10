import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { parse } from 'csv-parse/sync';
import { exportBatches } from '../../../src/core/output/batchExport.ts';
import { findUnfinished } from '../../../src/core/output/partFile.ts';
import { batchOfValues, type RecordBatch } from '../../../src/core/output/recordBatch.ts';
import type { EncoderOptions } from '../../../src/core/output/recordEncoder.ts';
import { sliceRecords } from '../../../src/core/powerschool/pageSlicing.ts';

async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'export-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

async function* some(...batches: readonly RecordBatch[]): AsyncGenerator<RecordBatch> {
  yield* batches;
}

async function* failing(): AsyncGenerator<RecordBatch> {
  yield batchOfValues([{ id: 1 }]);
  throw new Error('gone');
}

async function write(
  file: string,
  batches: AsyncIterable<RecordBatch>,
  encoder: EncoderOptions,
  signal = new AbortController().signal,
): Promise<void> {
  await exportBatches({ file, batches, encoder, signal, onProgress: () => undefined });
}

test('the body that records lie in stays as it is', async (t) => {
  const dir = await folder(t);
  const body = Buffer.from('{"students":{"student":[{"id":1},{"id":2},{"id":3}]}}');
  const batch = sliceRecords(body);
  assert.ok(batch?.contiguous);
  for (const format of ['ndjson', 'json', 'csv'] as const) await write(path.join(dir, format), some(batch), { format });
  assert.equal(body.toString('utf8'), '{"students":{"student":[{"id":1},{"id":2},{"id":3}]}}');
  assert.equal(await readFile(path.join(dir, 'ndjson'), 'utf8'), '{"id":1}\n{"id":2}\n{"id":3}\n');
  assert.deepEqual(JSON.parse(await readFile(path.join(dir, 'json'), 'utf8')), [{ id: 1 }, { id: 2 }, { id: 3 }]);
  assert.equal(await readFile(path.join(dir, 'csv'), 'utf8'), 'id\r\n1\r\n2\r\n3\r\n');
  assert.deepEqual((await readdir(dir)).sort(), ['csv', 'json', 'ndjson']);
  if (process.platform !== 'win32') assert.equal((await stat(path.join(dir, 'csv'))).mode & 0o777, 0o600);
});

test('records that the server wrote over many lines are one line each', async (t) => {
  const file = path.join(await folder(t), 'out');
  const text = '{\n  "id": 1,\n  "name": "a  b"\n}';
  const bytes = Buffer.from(`${text},\r\n${text}`);
  const ranges = Uint32Array.of(0, text.length, text.length + 3, bytes.length);
  await write(file, some({ bytes, ranges, count: 2, contiguous: false }), { format: 'ndjson' });
  assert.equal(await readFile(file, 'utf8'), '{"id":1,"name":"a  b"}\n{"id":1,"name":"a  b"}\n');
});

test('only the chosen columns are written, in their order, under their names', async (t) => {
  const file = path.join(await folder(t), 'out');
  const batches = [1, 2, 3].map((page) => batchOfValues([{ id: page, name: { last: `Q${page}` }, secret: 'x' }]));
  await write(file, some(...batches), { format: 'csv', chosen: ['name.last', 'id'] });
  assert.deepEqual(parse(await readFile(file, 'utf8')), [
    ['name.last', 'id'],
    ['Q1', '1'],
    ['Q2', '2'],
    ['Q3', '3'],
  ]);
});

test('whole names of columns that come late are not taken for ends of others', async (t) => {
  const file = path.join(await folder(t), 'out');
  const first = Array.from({ length: 6 }, (_, id) => batchOfValues([{ id, home: { phone: `h${id}` } }]));
  const late = batchOfValues([{ id: 6, phone: 'own' }]);
  await write(file, some(...first, late), { format: 'csv', chosen: ['phone', 'id'], exact: true });
  assert.deepEqual(parse(await readFile(file, 'utf8')), [
    ['phone', 'id'],
    ...first.map((_, id) => ['', String(id)]),
    ['own', '6'],
  ]);
});

test('a cancel and a failure leave nothing behind, and the file that was there before', async (t) => {
  const dir = await folder(t);
  const file = path.join(dir, 'out');
  await write(file, some(batchOfValues([{ id: 0 }])), { format: 'ndjson' });
  const cancel = new AbortController();
  async function* cancelled(): AsyncGenerator<RecordBatch> {
    yield batchOfValues([{ id: 1 }]);
    cancel.abort(new Error('enough'));
    yield batchOfValues([{ id: 2 }]);
  }
  await assert.rejects(write(file, cancelled(), { format: 'ndjson' }, cancel.signal), /enough/);
  await assert.rejects(write(file, failing(), { format: 'csv' }), /gone/);
  assert.deepEqual(await readdir(dir), ['out']);
  assert.equal(await readFile(file, 'utf8'), '{"id":0}\n');
  await mkdir(path.join(dir, 'folder'));
  await assert.rejects(write(path.join(dir, 'folder'), some(), { format: 'csv' }), { code: 'PS978' });
});

test('there is no unfinished export where there is none', async (t) => {
  assert.equal(await findUnfinished(path.join(await folder(t), 'out')), undefined);
});
