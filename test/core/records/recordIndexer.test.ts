import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject } from '../../../src/core/powerschool/jsonValue.ts';
import { findRecords } from '../../../src/core/powerschool/records.ts';
import { RecordIndexer } from '../../../src/core/records/recordIndexer.ts';
import { seededRandom } from '../request/fuzz.ts';

/** The records that the offsets name, parsed; undefined when the body is no list of records. */
function recordsAt(text: string, size: number): unknown[] | undefined {
  const bytes = Buffer.from(text);
  const indexer = new RecordIndexer();
  for (let at = 0; at < bytes.length; at += size) indexer.add(bytes.subarray(at, at + size));
  const index = indexer.end();
  if (index === undefined) return undefined;
  return Array.from({ length: index.count }, (_, record): unknown =>
    JSON.parse(bytes.subarray(index.start(record), index.end(record)).toString()),
  );
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
  [1, 'two', null, [3], { four: 4 }],
  { student: { id: 1, phones: { phone: [{ number: '1' }, { number: '2' }] }, races: [1, 2], name: { first: 'Å"[' } } },
  { students: { '@extensions': 'x', student: { id: 1, name: { first_name: 'Zoë' } } } },
  { students: { '@extensions': 'x' } },
  { record: { id: 7, list: [{}] } },
  { id: 4, tables: { students: { dcid: '4' } }, list: [{ a: 1 }] },
  { students: '' },
];

test('records are found wherever a body is cut into chunks', () => {
  for (const list of LISTS) {
    for (const text of [
      JSON.stringify(list),
      JSON.stringify(list, undefined, 2),
      `\uFEFF${JSON.stringify(list)}\r\n`,
    ]) {
      for (const size of [1, 2, 3, 7, 1000])
        assert.deepEqual(recordsAt(text, size), findRecords(list).records, `${size}: ${text}`);
    }
  }
});

test('a body that is no list of records has none', () => {
  for (const text of [
    '',
    'plain text',
    '{"a": 1',
    '{"resource": {"count": 5}}',
    '{"message": "no", "errors": [{"code": 1}]}',
    '{"students": {"student": [{"id": 1}',
    '{"students": {"student": [{"id": 1},,{"id": 2}]}}',
    '{"students": {"student": [{"id": 1},]}}',
    '{"record": [{"id": 1}]} {"record": []}',
    '{"record": ["\\',
    '<a>[1]</a>',
  ]) {
    assert.equal(recordsAt(text, 3), undefined, text);
  }
});

const TEXTS = ['', 'a', '"', '\\', '\\"', ']}', '[{', ',', 'Ünï', '学生', '😀', '\n', '\u0000', '/', '\\u0041'];
const KEYS = [
  'id',
  'name',
  'student',
  'students',
  'record',
  'tables',
  '@extensions',
  '$x',
  'count',
  'a"b',
  'é',
  'phones',
];

test('for any JSON the offsets give what JSON.parse and the rules for records give', () => {
  const random = seededRandom(20);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const value = (depth: number): unknown => {
    const kind = random() * (depth > 4 ? 5 : 9);
    if (kind < 1) return Math.floor(random() * 1e6) / 8;
    if (kind < 3) return pick(TEXTS) + pick(TEXTS);
    if (kind < 4) return pick([true, false, null]);
    if (kind < 7) return object(depth);
    return Array.from({ length: Math.floor(random() * 4) }, () =>
      random() < 0.8 ? object(depth + 1) : value(depth + 1),
    );
  };
  const object = (depth: number): unknown =>
    Object.fromEntries(Array.from({ length: Math.floor(random() * 4) }, () => [pick(KEYS), value(depth + 1)]));
  const wrap = (inner: unknown): unknown =>
    pick<unknown>([
      inner,
      { record: inner },
      { students: { student: inner } },
      { student: inner },
      { '@extensions': 'x', record: inner },
    ]);
  let lists = 0;
  for (let round = 0; round < 6000; round++) {
    const body = wrap(value(0));
    const text = JSON.stringify(body, undefined, pick(['', ' ', '\t\r\n']));
    const { records } = findRecords(JSON.parse(text));
    // A plain value where a record is expected makes no list worth an index.
    const plain = records?.length === 1 && !isJsonObject(records[0]) && !text.includes('[');
    const found = recordsAt(text, pick([1, 2, 5, 16, 1000]));
    if (plain) assert.equal(found, undefined, text);
    else if (found === undefined) assert.ok(records === undefined || !records.some(isJsonObject), text);
    else assert.deepEqual(found, records, text);
    if (found !== undefined && found.length > 1) lists++;
  }
  assert.ok(lists > 200, `${lists} lists`);
});

test('a list of many records has offsets past one segment', () => {
  const rows = Array.from({ length: 40_000 }, (_, id) => ({ id }));
  assert.deepEqual(recordsAt(JSON.stringify({ record: rows }), 4096), rows);
});
