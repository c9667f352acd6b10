import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRecords } from '../../../src/core/powerschool/records.ts';
import { RecordCounter } from '../../../src/core/run/recordCounter.ts';

function count(text: string, size: number): number | undefined {
  const bytes = Buffer.from(text);
  const counter = new RecordCounter();
  for (let at = 0; at < bytes.length; at += size) counter.add(bytes.subarray(at, at + size));
  return counter.count();
}

const LISTS: unknown[] = [
  {
    students: {
      '@expansions': 'a, b',
      student: [{ id: 1, tags: [1, [2]], text: 'x"],[{\\' }, { id: 2 }, { id: 3, note: '\\\\' }],
    },
  },
  { name: 'Students', record: [{ id: 1, tables: { students: { a: '"' } } }], '@extensions': 'x' },
  { record: [] },
  [{ a: 1 }, { a: [] }],
  [],
];

test('records are counted wherever a body is cut into chunks', () => {
  for (const list of LISTS) {
    for (const text of [JSON.stringify(list), JSON.stringify(list, undefined, 2)]) {
      for (const size of [1, 2, 3, 7, 1000])
        assert.equal(count(text, size), findRecords(list).records?.length, `${size}: ${text}`);
    }
  }
});

test('a body that is no list of records has no count', () => {
  for (const text of [
    '',
    'plain text',
    '{"a": 1}',
    '{"resource": {"count": 5}}',
    '{"message": "no", "errors": [{"code": 1}]}',
    '{"students": {"student": [{"id": 1}',
    '<a>[1]</a>',
  ]) {
    assert.equal(count(text, 3), undefined, text);
  }
});
