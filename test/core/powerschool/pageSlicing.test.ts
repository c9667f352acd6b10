import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toNdjson } from '../../../src/core/output/ndjson.ts';
import { recordValue } from '../../../src/core/output/recordBatch.ts';
import { sliceRecords } from '../../../src/core/powerschool/pageSlicing.ts';
import { findRecords } from '../../../src/core/powerschool/records.ts';

const student = { id: 1, name: { last_name: 'Quill, "N" },{ [' }, fees: { fee: [{ id: 2 }, { id: 3 }] } };

const bodies: [name: string, body: unknown][] = [
  [
    'several students',
    { students: { '@expansions': 'a, b', '@extensions': 's[0],{"', student: [student, { id: 2 }] } },
  ],
  ['one student in a list', { students: { student: [student] } }],
  ['one student as an object', { students: { '@expansions': 'x', student } }],
  ['a single record', { student }],
  ['no students', { students: { '@expansions': 'x' } }],
  ['an empty wrapper', { students: '' }],
  ['an empty list', { students: { student: [] } }],
  [
    'table rows',
    { name: 'Students', record: [{ id: 1, tables: { students: { dcid: '1' } } }], '@extensions': 's_stu_x' },
  ],
  ['a table without rows', { name: 'Students', '@extensions': '' }],
  ['a PowerQuery without rows', { '@extensions': '' }],
  ['one table row', { id: 1, name: 'Students', tables: { students: { dcid: '1', list: [1, 2] } } }],
  ['a bare list', [{ a: 1 }, { a: [{ b: 1 }] }]],
  ['a bare list of numbers', [1, 2, 3]],
  ['an empty bare list', []],
  ['another list before the records', { other: [{ x: 1 }], record: [{ a: 1 }, { a: 2 }] }],
  ['a count', { resource: { count: 5 } }],
  ['the result of a write', { results: { result: [{ status: 'ERROR' }] } }],
  ['an error', { errorMessage: { message: 'no' } }],
  ['nested lists', { students: { student: [{ a: [[{ b: [1] }]] }, { a: [] }] } }],
];

for (const [name, body] of bodies) {
  for (const spaces of [0, 2, '\t'] as const) {
    test(`${name}${spaces === 0 ? '' : ', indented'}: the same records as when the page is parsed`, () => {
      const bytes = Buffer.from(JSON.stringify(body, undefined, spaces));
      const batch = sliceRecords(bytes);
      const expected = findRecords(body).records;
      assert.equal(batch?.count, expected?.length);
      if (batch === undefined) return;
      const values = Array.from({ length: batch.count }, (_, index) => recordValue(batch, index));
      assert.deepEqual(values, expected);
      const lines = Buffer.from(toNdjson(batch)).toString();
      assert.equal(lines, (expected ?? []).map((value) => `${JSON.stringify(value)}\n`).join(''));
      // Whatever number was asked for, the same comes out.
      for (const most of [1, 2, batch.count, batch.count + 1, 1000]) {
        const again = sliceRecords(Buffer.from(JSON.stringify(body, undefined, spaces)), most);
        assert.equal(again && Buffer.from(toNdjson(again)).toString(), lines, `${most} asked for`);
      }
    });
  }
}

test('a compact page is cut, not copied', () => {
  const bytes = Buffer.from(JSON.stringify({ record: [{ a: 1 }, { a: 2 }] }));
  assert.equal(sliceRecords(bytes)?.bytes.buffer, bytes.buffer);
});

test('digits are kept on every way', () => {
  const record = '{"state_id":12345678901234567890,"gpa":3.10}';
  for (const body of [
    `{"record":[${record},${record}]}`,
    `{"students":{"student":${record}}}`,
    `{ "record": [ ${record} ] }`,
  ]) {
    const batch = sliceRecords(Buffer.from(body));
    assert.ok(batch);
    assert.equal(Buffer.from(toNdjson(batch)).toString().split('\n')[0], record);
  }
});

test('a byte order mark is passed over', () => {
  assert.equal(sliceRecords(Buffer.from('\uFEFF{"record":[{"a":1},{"a":2}]}'))?.count, 2);
});

test('a page that is cut off is no JSON', () => {
  const whole = JSON.stringify({ record: [{ a: 'x' }, { a: 'y' }] });
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => sliceRecords(Buffer.from(whole.slice(0, length))), SyntaxError);
  }
});

test('a raw line end inside a record is no JSON', () => {
  assert.throws(() => sliceRecords(Buffer.from('{"record":[{"a":"x\ny"},{"a":1}]}')), SyntaxError);
});

const tricky: [name: string, records: string][] = [
  ['braces and commas at the end of a string', '[{"id":1,"a":"},{"},{"id":2,"a":"x"}]'],
  ['a key that looks like a border inside a string', '[{"id":1,"a":"},{\\"id\\":"},{"id":2}]'],
  ['a nested list with the same first key', '[{"id":1,"b":[{"id":2},{"id":3}]},{"id":4}]'],
  ['another first key', '[{"id":1},{"name":"x","id":2}]'],
  ['a first key that starts alike', '[{"id":1},{"id2":2}]'],
  ['an empty record', '[{"id":1},{},{"id":2}]'],
  ['a space behind a comma', '[{"id":1}, {"id":2}]'],
  ['nested objects', '[{"id":{"id":1},"b":{"id":2}},{"id":{"id":3}}]'],
  ['brackets in strings', '[{"id":"[1]"},{"id":"]"}]'],
];
for (const [name, list] of tricky) {
  test(`${name}: cut as parsed, whatever number was asked for`, () => {
    for (const body of [`{"record":${list}}`, `{"name":"x","record":${list},"@extensions":"a"}`, list]) {
      const expected = (findRecords(JSON.parse(body)).records ?? [])
        .map((value) => `${JSON.stringify(value)}\n`)
        .join('');
      for (let most = 1; most < 6; most++) {
        const batch = sliceRecords(Buffer.from(body), most);
        assert.ok(batch);
        assert.equal(Buffer.from(toNdjson(batch)).toString(), expected, `${body}, ${most} asked for`);
      }
    }
  });
}

test('a bracket in a string behind the records does not end them', () => {
  const batch = sliceRecords(Buffer.from('{"record":[{"id":1},{"id":2}],"x":"}]"}'), 2);
  assert.equal(batch && Buffer.from(toNdjson(batch)).toString(), '{"id":1}\n{"id":2}\n');
});

test('a record of one number is no number, whatever its digits', () => {
  for (const body of ['{"amount":1.10}', '{"amount":12345678901234567890}', '{"amount":1e5}', '{"amount":-0}']) {
    const batch = sliceRecords(Buffer.from(body));
    assert.equal(batch && Buffer.from(toNdjson(batch)).toString(), `${body}\n`);
  }
});
