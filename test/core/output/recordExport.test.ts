import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { ExportState } from '../../../src/core/output/exportState.ts';
import { PartFile } from '../../../src/core/output/partFile.ts';
import { batchOfValues } from '../../../src/core/output/recordBatch.ts';
import type { EncoderOptions } from '../../../src/core/output/recordEncoder.ts';
import { type ExportPage, type ExportResult, exportToFile } from '../../../src/core/output/recordExport.ts';

const request = {
  origin: 'https://district.example',
  method: 'GET',
  path: '/ws/v1/district/student',
  query: 'q=name.last_name==Q*',
  bodyDigest: null,
} as const;

interface Run {
  readonly file: string;
  readonly pages: readonly (readonly unknown[])[];
  readonly encoder?: EncoderOptions;
  readonly resume?: boolean;
  /** The page that cannot be fetched. */
  readonly failsAt?: number;
  readonly change?: { query?: string; pageSize?: number; count?: number };
  readonly asked?: number[];
}

async function run({
  file,
  pages,
  resume = false,
  failsAt,
  change = {},
  asked = [],
  encoder = { format: 'ndjson' },
}: Run): Promise<ExportResult> {
  async function* fetched(first: number): AsyncGenerator<ExportPage> {
    for (let number = first; number <= pages.length; number++) {
      asked.push(number);
      if (number === failsAt) throw new Error('connection lost');
      yield { number, batch: batchOfValues(pages[number - 1] ?? []) };
    }
  }
  const part = await PartFile.open(file, resume);
  return exportToFile({
    file,
    part,
    request: { ...request, query: change.query ?? request.query },
    pageSize: change.pageSize ?? 2,
    count: change.count ?? 14,
    encoder,
    pages: fetched,
  });
}

async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'export-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

async function state(file: string): Promise<ExportState> {
  return JSON.parse(await readFile(`${file}.part.json`, 'utf8')) as ExportState;
}

const pages = Array.from({ length: 7 }, (_, page) => [
  { id: 2 * page, name: { last_name: `Quill, "${page}"` } },
  page === 5 ? { id: 2 * page + 1, late: 'é' } : { id: 2 * page + 1 },
]);

test('a finished export is the file alone, readable by its owner alone', async (t) => {
  const dir = await folder(t);
  const file = path.join(dir, 'out.ndjson');
  assert.equal((await run({ file, pages })).records, 14);
  assert.deepEqual(await readdir(dir), ['out.ndjson']);
  const lines = (await readFile(file, 'utf8')).split('\n');
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [15, '{"id":0,"name":{"last_name":"Quill, \\"0\\""}}', '']);
  if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
});

const forms: EncoderOptions[] = [
  { format: 'ndjson' },
  { format: 'json' },
  { format: 'csv' },
  { format: 'csv', byteOrderMark: true },
  { format: 'csv', chosen: ['last_name', 'late'] },
  { format: 'ndjson', chosen: ['id', 'late'] },
];
for (const encoder of forms) {
  for (const failsAt of [1, 2, 4, 5, 6, 7]) {
    const name = `${encoder.format}${encoder.chosen ? ' with chosen columns' : ''}${encoder.byteOrderMark ? ' with mark' : ''}`;
    test(`${name}: stopped at page ${failsAt} and resumed gives the same bytes`, async (t) => {
      const dir = await folder(t);
      const whole = path.join(dir, 'whole');
      const file = path.join(dir, 'out');
      await run({ file: whole, pages, encoder });
      await assert.rejects(run({ file, pages, encoder, failsAt }), /connection lost/);
      assert.equal((await readdir(dir)).includes('out'), false);
      if (failsAt > 1) {
        // What a killed run had begun to append.
        await appendFile(`${file}.part`, 'half a rec');
        assert.equal((await state(file)).nextPage, failsAt);
      }
      const asked: number[] = [];
      const result = await run({ file, pages, encoder, resume: true, asked });
      assert.equal(result.records, 14);
      assert.equal(asked[0], failsAt);
      assert.deepEqual(await readFile(file), await readFile(whole));
      assert.deepEqual((await readdir(dir)).sort(), ['out', 'whole']);
    });
  }
}

test('a late column is reported, and the file has it in the header', async (t) => {
  const dir = await folder(t);
  const file = path.join(dir, 'out.csv');
  const result = await run({ file, pages, encoder: { format: 'csv' } });
  assert.deepEqual(result.lateColumns, ['late']);
  const rows = parse(await readFile(file));
  assert.deepEqual(rows[0], ['id', 'name.last_name', 'late']);
  assert.deepEqual(rows[12], ['11', '', 'é']);
  assert.deepEqual(rows[1], ['0', 'Quill, "0"', '']);
  assert.deepEqual(await readdir(dir), ['out.csv']);
});

test('the state says what was asked and how far it came, and nothing else', async (t) => {
  const file = path.join(await folder(t), 'out.csv');
  await assert.rejects(run({ file, pages, encoder: { format: 'csv' }, failsAt: 6 }));
  const part = await readFile(`${file}.part`);
  assert.deepEqual(await state(file), {
    version: 1,
    origin: 'https://district.example',
    method: 'GET',
    path: '/ws/v1/district/student',
    query: 'q=name.last_name==Q*',
    bodyDigest: null,
    pageSize: 2,
    format: 'csv',
    chosen: null,
    byteOrderMark: false,
    keepFormulas: false,
    nextPage: 6,
    byteLength: part.length,
    countAtStart: 14,
    columns: [
      { name: 'id', path: ['id'] },
      { name: 'name.last_name', path: ['name', 'last_name'] },
    ],
    headerWidth: 2,
    records: 10,
  });
});

const refusals: { name: string; code: string; change?: Run['change']; encoder?: EncoderOptions }[] = [
  { name: 'another filter', code: 'PS970', change: { query: 'q=id==1' } },
  { name: 'another page size', code: 'PS971', change: { pageSize: 3 } },
  { name: 'a changed count', code: 'PS972', change: { count: 15 } },
  { name: 'another format', code: 'PS973', encoder: { format: 'json' } },
  { name: 'other columns', code: 'PS973', encoder: { format: 'ndjson', chosen: ['id'] } },
];
for (const { name, code, change, encoder } of refusals) {
  test(`${name} is refused with ${code}, and what is there stays`, async (t) => {
    const file = path.join(await folder(t), 'out');
    await assert.rejects(run({ file, pages, failsAt: 3 }));
    const before = await readFile(`${file}.part`);
    const asked: number[] = [];
    await assert.rejects(
      run({ file, pages, resume: true, asked, ...(change ? { change } : {}), ...(encoder ? { encoder } : {}) }),
      { code },
    );
    assert.deepEqual(asked, []);
    assert.deepEqual(await readFile(`${file}.part`), before);
    await run({ file, pages, resume: true });
  });
}

test('a damaged state and a shortened part are refused', async (t) => {
  const file = path.join(await folder(t), 'out');
  await assert.rejects(run({ file, pages, failsAt: 3 }));
  const good = await readFile(`${file}.part.json`, 'utf8');
  for (const bad of ['{', '[]', '{"version":2}', good.replace('"nextPage":3', '"nextPage":0')]) {
    await writeFile(`${file}.part.json`, bad);
    await assert.rejects(PartFile.open(file, true), { code: 'PS974' });
  }
  await writeFile(`${file}.part.json`, good);
  await writeFile(`${file}.part`, 'short');
  await assert.rejects(PartFile.open(file, true), { code: 'PS975' });
});

test('without --resume an export starts again', async (t) => {
  const dir = await folder(t);
  const file = path.join(dir, 'out');
  await assert.rejects(run({ file, pages, failsAt: 3 }));
  const asked: number[] = [];
  await run({ file, pages: pages.slice(0, 2), asked });
  assert.deepEqual(asked, [1, 2]);
  assert.equal((await readFile(file, 'utf8')).split('\n').length, 5);
  assert.deepEqual(await readdir(dir), ['out']);
});

test('resuming without an unfinished file starts at the first page', async (t) => {
  const file = path.join(await folder(t), 'out');
  const asked: number[] = [];
  await run({ file, pages, resume: true, asked });
  assert.equal(asked[0], 1);
});

test('a run that wrote nothing leaves nothing behind', async (t) => {
  const dir = await folder(t);
  await assert.rejects(run({ file: path.join(dir, 'out'), pages, failsAt: 1 }));
  assert.deepEqual(await readdir(dir), []);
});

test('a place that cannot be written is refused before anything is fetched', async (t) => {
  const dir = await folder(t);
  await mkdir(path.join(dir, 'taken'));
  await assert.rejects(PartFile.open(path.join(dir, 'taken'), false), { code: 'PS978' });
  await assert.rejects(PartFile.open(path.join(dir, 'missing', 'out'), false), {
    code: 'PS978',
    message: `Cannot write ${path.join(dir, 'missing', 'out')}: the folder does not exist.`,
  });
});

test('records without any page still make a whole file', async (t) => {
  const file = path.join(await folder(t), 'out');
  await run({ file, pages: [], encoder: { format: 'json' } });
  assert.equal(await readFile(file, 'utf8'), '[]\n');
});
