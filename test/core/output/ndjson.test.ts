import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compactJson, cutArray, endOfValue, parseKeepingNumbers } from '../../../src/core/output/jsonBytes.ts';
import { toNdjson } from '../../../src/core/output/ndjson.ts';
import { batchOfOne, batchOfValues, EMPTY_BATCH, recordValue } from '../../../src/core/output/recordBatch.ts';
import { RecordEncoder } from '../../../src/core/output/recordEncoder.ts';

test('every record is one line, the last too', () => {
  const values = [{ a: 1 }, { b: 'two\nlines' }, 'é', null];
  const text = Buffer.from(toNdjson(batchOfValues(values))).toString();
  assert.equal(text, '{"a":1}\n{"b":"two\\nlines"}\n"é"\nnull\n');
  assert.equal(toNdjson(EMPTY_BATCH).length, 0);
  assert.equal(Buffer.from(toNdjson(batchOfOne(Buffer.from('{"a":[1,2]}')))).toString(), '{"a":[1,2]}\n');
});

test('a JSON file is one array, a record a line, also with no records at all', () => {
  assert.equal(write([[{ a: 1 }, { a: 2 }], [], [{ a: 3 }]]), '[\n{"a":1},\n{"a":2},\n{"a":3}\n]\n');
  assert.equal(write([]), '[]\n');
  assert.equal(write([[], []]), '[]\n');
});

test('an array is cut at its own commas only', () => {
  const bytes = Buffer.from('x[{"a":[1,{"b":"},{"}]},"c\\"],[",-1.5,[],{}]y');
  const items = cutArray(bytes, 1);
  assert.ok(items);
  const texts = Array.from({ length: items.count }, (_, i) =>
    bytes.toString('utf8', items.ranges[2 * i], items.ranges[2 * i + 1]),
  );
  assert.deepEqual(texts, ['{"a":[1,{"b":"},{"}]}', '"c\\"],["', '-1.5', '[]', '{}']);
  assert.equal(bytes[items.end], 0x5d);
});

test('an empty array has no items', () => {
  assert.equal(cutArray(Buffer.from('[]'), 0)?.count, 0);
});

for (const text of ['[', '[1', '["', '["\\"]', '[1,]', '[,1]', '[1, 2]', '[{]}', '[1}', '[ ]', '[{"a":1]']) {
  test(`${text} is not cut`, () => {
    assert.equal(cutArray(Buffer.from(text), 0), undefined);
  });
}

test('more records than the first guess fit', () => {
  const values = Array.from({ length: 5000 }, (_, id) => ({ id }));
  const items = cutArray(Buffer.from(JSON.stringify(values)), 0);
  assert.equal(items?.count, 5000);
});

test('compacting leaves strings alone', () => {
  assert.equal(
    Buffer.from(compactJson(Buffer.from(' {\r\n\t"a b" : [ 1 , " x \\" y " ] } \n'))).toString(),
    '{"a b":[1," x \\" y "]}',
  );
});

test('the end of a value is found, and not found when it is cut off', () => {
  assert.deepEqual(
    [end('12,'), end('"a,b",'), end('{"a":"}"},'), end('[[]]]'), end('true}'), end('7')],
    [2, 5, 9, 4, 4, 1],
  );
  assert.deepEqual([end('"abc'), end('{"a":1'), end('["'), end('"\\"')], [-1, -1, -1, -1]);
});

test('numbers survive parsing with all their digits', () => {
  const text = '{"a":12345678901234567890,"b":[1.10,2],"c":"x"}';
  assert.equal(JSON.stringify(parseKeepingNumbers(text)), text);
});

test('a record can be looked at as a value', () => {
  assert.deepEqual(recordValue(batchOfValues([1, { a: ['é'] }]), 1), { a: ['é'] });
});

function write(pages: readonly (readonly unknown[])[]): string {
  const encoder = new RecordEncoder({ format: 'json' });
  const parts = pages.map((page) => Buffer.from(encoder.encode(batchOfValues(page))));
  return Buffer.concat([...parts, encoder.end()]).toString();
}

function end(text: string): number {
  return endOfValue(Buffer.from(text), 0);
}
