import { say } from '../../../src/core/problem/phrase.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchOfValues, type RecordBatch } from '../../../src/core/output/recordBatch.ts';
import { type ListCounts, ListWatch } from '../../../src/core/powerschool/listWatch.ts';

function codes(pages: readonly (readonly unknown[] | RecordBatch)[], counts: Partial<ListCounts> = {}): string[] {
  const watch = new ListWatch();
  for (const page of pages) watch.look('bytes' in page ? page : batchOfValues(page));
  const fetched = pages.reduce((sum, page) => sum + ('bytes' in page ? page.count : page.length), 0);
  return watch
    .report({ before: fetched, after: fetched, fetched, ...counts })
    .map(({ code, args }) => [code, ...args.map((part) => (typeof part === 'object' ? say(part) : part))].join(' '));
}

function rows(from: number, to: number, more: object = {}): object[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ id: from + index, ...more }));
}

test('a list that stays as it is needs no word', () => {
  assert.deepEqual(codes([rows(1, 100), rows(101, 200), rows(201, 230)]), []);
  assert.deepEqual(codes([]), []);
  assert.deepEqual(codes([[]], { before: undefined, after: undefined }), []);
});

test('a record added before the page shows by the last record of the page before', () => {
  assert.deepEqual(codes([rows(1, 100), rows(100, 199)]), ['PS9961 1 100']);
});

test('records that come again pages later are found too', () => {
  assert.deepEqual(codes([rows(1, 100), rows(101, 200), rows(50, 53), rows(300_000, 300_005)]), ['PS9961 4 50']);
});

test('a count that changed, and a list that differs from its count', () => {
  assert.deepEqual(codes([rows(1, 250)], { after: 251 }), ['PS9960 250 251 250']);
  assert.deepEqual(codes([rows(1, 249)], { before: 250, after: 250 }), ['PS9962 250 249']);
  assert.deepEqual(codes([rows(1, 249)], { before: 250, after: undefined }), ['PS9962 250 249']);
  assert.deepEqual(codes([rows(1, 249)], { before: undefined, after: 250 }), []);
});

test('ids that repeat within a page are not those of the records, before or after', () => {
  const joined = [...rows(1, 5), ...rows(3, 9)];
  assert.deepEqual(codes([joined, rows(9, 12)]), []);
  assert.deepEqual(codes([rows(1, 5), rows(5, 9), joined]), []);
});

test('the id is found wherever it stands, as a number or as text', () => {
  const nested = { name: { id: 7 }, list: [{ id: 8 }], text: '"id":9,{' };
  assert.deepEqual(codes([[{ ...nested, id: 1 }], [{ ...nested, id: 1 }]]), ['PS9961 1 1']);
  assert.deepEqual(codes([[{ ...nested, id: 1 }], [{ ...nested, id: 2 }]]), []);
  assert.deepEqual(codes([[{ x: 1, dcid: '41' }], [{ x: 2, dcid: '41' }]]), ['PS9961 1 41']);
  assert.deepEqual(codes([[{ _name: 'students', _id: 5 }], [{ _id: 5 }]]), ['PS9961 1 5']);
});

test('white space between the tokens makes no difference', () => {
  const text = Buffer.from('{ "name" : "x" , "id" : 12 }');
  const batch: RecordBatch = { bytes: text, ranges: Uint32Array.of(0, text.length), count: 1, contiguous: false };
  assert.deepEqual(codes([batch, [{ id: 12 }]]), ['PS9961 1 12']);
});

test('records without a number for an id are left to the counts', () => {
  assert.deepEqual(codes([[{ name: 'a' }], [{ name: 'a' }]]), []);
  assert.deepEqual(codes([[{ id: 'a7' }], [{ id: 'a7' }]]), []);
  assert.deepEqual(codes([[1, 2], [2]]), []);
  assert.deepEqual(
    codes([
      [{ id: 1 }, { id: 'x' }, { id: null }],
      [{}, { id: -1 }, { id: 1.5 }, { id: '12345678901234567' }],
    ]),
    [],
  );
});

test('ids scattered all over are given up, not wrongly reported', () => {
  const scattered = Array.from({ length: 5000 }, (_, index) => ({ id: index * 100_000 }));
  assert.deepEqual(codes([scattered, scattered.slice(0, 3)]), []);
});

test('a broken record does not end the watch', () => {
  const text = Buffer.from('{"id":');
  const batch: RecordBatch = { bytes: text, ranges: Uint32Array.of(0, text.length), count: 1, contiguous: false };
  assert.deepEqual(codes([batch, rows(1, 3)]), []);
});
