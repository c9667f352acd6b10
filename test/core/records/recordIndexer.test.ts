import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject } from '../../../src/core/powerschool/jsonValue.ts';
import { findRecords } from '../../../src/core/powerschool/records.ts';
import { addLikeRecords } from '../../../src/core/records/likeRecords.ts';
import { RecordIndex } from '../../../src/core/records/recordIndex.ts';
import { RecordIndexer } from '../../../src/core/records/recordIndexer.ts';
import { seededRandom } from '../request/fuzz.ts';

/** The records that the offsets name, parsed; undefined when the body is no list of records. */
function recordsAt(text: string, size: number): unknown[] | undefined {
  return textsAt(text, () => size)?.map((record): unknown => JSON.parse(record));
}

/** The text of the records, with chunks of these sizes. */
function textsAt(text: string, size: () => number): string[] | undefined {
  const bytes = Buffer.from(text);
  const indexer = new RecordIndexer();
  for (let at = 0; at < bytes.length;) {
    const end = at + size();
    indexer.add(bytes.subarray(at, end));
    at = end;
  }
  const index = indexer.end();
  if (index === undefined) return undefined;
  return Array.from({ length: index.count }, (_, record) =>
    bytes.subarray(index.start(record), index.end(record)).toString(),
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

/** Pieces that look like the end of a record, or of what may stand in one. */
const PIECES = [
  '},{"id":',
  '},{"',
  '},{',
  '}]},"id":',
  '":[{"id":',
  ':[{',
  '],"a":',
  '},"',
  '}',
  ']',
  '[',
  '{',
  ',',
  ':',
  ',:',
  '"',
  '\\',
  ' ',
  'x',
  'é',
  '😀',
  '\n',
  '1',
];

function unindented(json: string): string {
  return json.replace(/\n */g, '\n');
}

test('records alike are told apart whatever their text looks like, wherever the chunks are cut', () => {
  const random = seededRandom(8);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const upTo = (most: number): number[] => Array.from({ length: Math.floor(random() * (most + 1)) }, (_, at) => at);
  const text = (): string => upTo(4).reduce((before) => before + pick(PIECES), '');
  const value = (key: string, depth: number): unknown => {
    const kind = random();
    if (kind < 0.4 || depth > 3) return text();
    if (kind < 0.5) return pick<unknown>([1, -2.5, true, null, {}, [], '']);
    if (kind < 0.7) return object(key, depth + 1);
    return upTo(3).map(() => (random() < 0.85 ? object(key, depth + 1) : value(key, depth + 1)));
  };
  const object = (key: string, depth: number): unknown =>
    Object.fromEntries([
      [random() < 0.9 ? key : text(), value(key, depth)],
      ...upTo(3).map((at) => [random() < 0.7 ? `key${at}` : text(), value(key, depth)]),
    ]);
  let whole = 0;
  for (let round = 0; round < 3000; round++) {
    const key = random() < 0.8 ? 'id' : text();
    const kinds = random() < 0.3 ? 0.8 : 1;
    const items = upTo(12).map(() =>
      random() < kinds ? object(key, 0) : pick<unknown>([{}, null, 5, 'x},{', 'text', 'a":b', [], [{}]]),
    );
    const space = random() < 0.9 ? 0 : 1;
    const json = JSON.stringify(random() < 0.5 ? { record: items } : items, undefined, space);
    const most = pick([3, 20, 100, 100_000]);
    const found = textsAt(json, () => 1 + Math.floor(random() * most));
    // Texts are compared, not what JSON.parse makes of them: V8 takes "\\n" for "\\" as a key now and then.
    const expected = items.map((item) => unindented(JSON.stringify(item, undefined, space)));
    assert.deepEqual(found?.map(unindented), expected, json);
    if (items.length > 5 && most === 100_000) whole++;
  }
  assert.ok(whole > 100, `${whole} lists in few chunks`);
});

test('what looks like the end of a record, and what hides one, are no trap for the hops', () => {
  const traps: unknown[] = [
    'text',
    'a":b',
    'x},{"id":9',
    null,
    {},
    { other: 1 },
    { id: 3, note: '},{' },
    { id: 3, list: [{ id: 4, note: '}],', '::': 0 }, { id: 5 }, { id: 6 }] },
    { id: 3, list: [{ id: 4 }, 'a":b', { id: 5 }, { id: 6 }], note: '[' },
    { id: 3, note: ':[{', list: [{ id: 4 }, { id: 5 }] },
    { id: 3, list: [[{ id: 4 }, { id: 5 }], [{ id: 6 }]], more: [{ id: 7 }, { id: 8 }] },
    { id: 3, list: [5, { id: 4 }, { id: 5 }], '},{"id":': [{ id: 6 }] },
    { id: 3, 'a[{"': [{ id: 4 }, { id: 5 }], ']},': '},"' },
  ];
  for (const trap of traps) {
    const items = [{ id: 1 }, { id: 2 }, trap, { id: 10 }, { id: 11 }, trap, { id: 12 }];
    for (const body of [items, { record: items }, { record: items, other: 'x' }]) {
      assert.deepEqual(recordsAt(JSON.stringify(body), 100_000), items);
    }
  }
  const lists = { record: [{ id: 1 }], other: [{ id: 2 }, { id: 3 }] };
  assert.deepEqual(recordsAt(JSON.stringify(lists), 100_000), lists.record);
  const index = new RecordIndex();
  addLikeRecords(index, Buffer.from(JSON.stringify(lists)), JSON.stringify(lists).indexOf('[') + 1, 0);
  assert.equal(index.count, 0);
});

/** How many records of a list are found by hops alone. */
function hopsOver(list: unknown): number {
  const index = new RecordIndex();
  addLikeRecords(index, Buffer.from(JSON.stringify(list)), 1, 0);
  return index.count;
}

test('records in one chunk are found by hops, up to the last', () => {
  const phones = { phone: [{ number: '1' }, { number: '2' }] };
  const rows = (note: string): unknown[] => Array.from({ length: 50 }, (_, id) => ({ id, note, phones }));
  assert.equal(hopsOver(rows('Zoë "x" \\')), 49);
  // A bracket in a text: it could be the start of an array, and is left to a look at each byte.
  assert.equal(hopsOver(rows('[x]')), 0);
});

test('a list of many records has offsets past one segment', () => {
  const rows = Array.from({ length: 40_000 }, (_, id) => ({ id }));
  assert.deepEqual(recordsAt(JSON.stringify({ record: rows }), 4096), rows);
});
