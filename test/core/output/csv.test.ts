import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { batchOfValues, type RecordBatch } from '../../../src/core/output/recordBatch.ts';
import { type EncoderOptions, RecordEncoder } from '../../../src/core/output/recordEncoder.ts';
import { CsvPadding } from '../../../src/core/output/csvPadding.ts';

/** The file that an export of these pages makes, read back by an independent parser. */
function roundTrip(pages: readonly (readonly unknown[])[], options: Partial<EncoderOptions> = {}): string[][] {
  return rowsOf(fileOf(pages.map(batchOfValues), options));
}

function fileOf(pages: readonly RecordBatch[], options: Partial<EncoderOptions> = {}): Buffer {
  const encoder = new RecordEncoder({ format: 'csv', ...options });
  const parts = pages.map((page) => Buffer.from(encoder.encode(page)));
  const file = Buffer.concat([...parts, encoder.end()]);
  if (encoder.lateColumns.length === 0) return file;
  const padding = new CsvPadding(encoder.header, encoder.progress.columns.length);
  // One byte at a time: state must survive every chunk border.
  return Buffer.concat([...file].map((byte) => padding.push(Uint8Array.of(byte))));
}

function rowsOf(file: Buffer): string[][] {
  return parse(file, { bom: true });
}

test('nested records become columns named by their path', () => {
  const rows = roundTrip([
    [
      { id: 4101, name: { first_name: 'Nora', last_name: 'Quill' } },
      { id: 4102, name: { first_name: 'Ida', last_name: 'Alder' } },
    ],
  ]);
  assert.deepEqual(rows, [
    ['id', 'name.first_name', 'name.last_name'],
    ['4101', 'Nora', 'Quill'],
    ['4102', 'Ida', 'Alder'],
  ]);
});

test('every cell comes back as it was sent, whatever it holds', () => {
  const nasty = [
    'a,b',
    '"quoted"',
    'two\r\nlines',
    'line\nfeed',
    'return\rhere',
    ' spaces ',
    '007',
    'Zoë Ñandú 学生 🎓',
    'back\\slash',
    "O'Neil",
    '\u2028',
    '\u0000',
    '-5',
    '+18025550144',
    '12.50',
    'tab\tinside',
    'true',
    '',
    '😀,"\n',
  ];
  const rows = roundTrip([nasty.map((text, id) => ({ id, text }))]);
  assert.deepEqual(
    rows.slice(1).map(([, text]) => text),
    nasty,
  );
});

test('texts that a spreadsheet would run get an apostrophe, numbers do not', () => {
  const rows = roundTrip([
    [
      { v: '=1+1' },
      { v: '+A1' },
      { v: '-A1' },
      { v: '@SUM(A1)' },
      { v: '\t=1' },
      { v: '\r=1' },
      { v: '=a,b' },
      { v: -5 },
    ],
  ]);
  assert.deepEqual(rows.flat().slice(1), ["'=1+1", "'+A1", "'-A1", "'@SUM(A1)", "'\t=1", "'\r=1", "'=a,b", '-5']);
});

test('formulas stay as they are when the user wants that', () => {
  assert.deepEqual(roundTrip([[{ v: '=1+1' }]], { keepFormulas: true }).flat(), ['v', '=1+1']);
});

test('a number keeps every digit the server sent', () => {
  const text = Buffer.from('{"a":12345678901234567890,"b":1.10,"c":-0.0,"d":1E5}');
  const batch = { bytes: text, ranges: Uint32Array.of(0, text.length), count: 1, contiguous: false };
  assert.deepEqual(rowsOf(fileOf([batch])), [
    ['a', 'b', 'c', 'd'],
    ['12345678901234567890', '1.10', '-0.0', '1E5'],
  ]);
});

test('white space between the tokens of a record makes no difference', () => {
  const text = Buffer.from('{ "a" : 12345678901234567890 ,\n "b" : { "c" : "x y" } }');
  const batch = { bytes: text, ranges: Uint32Array.of(0, text.length), count: 1, contiguous: false };
  assert.deepEqual(rowsOf(fileOf([batch])), [
    ['a', 'b.c'],
    ['12345678901234567890', 'x y'],
  ]);
});

test('keys in another order, left out or escaped land in their columns', () => {
  const lines = ['{"a":1,"b":2,"c":3}', '{"c":3,"a":1}', '{"b":2}', '{"\\u0061":1,"b":2}', '{}'];
  const bytes = Buffer.from(lines.join(','));
  const ranges = new Uint32Array(10);
  let at = 0;
  for (const [index, line] of lines.entries()) {
    ranges.set([at, at + line.length], 2 * index);
    at += line.length + 1;
  }
  assert.deepEqual(rowsOf(fileOf([{ bytes, ranges, count: 5, contiguous: false }])), [
    ['a', 'b', 'c'],
    ['1', '2', '3'],
    ['1', '', '3'],
    ['', '2', ''],
    ['1', '2', ''],
    ['', '', ''],
  ]);
});

test('extension tables become columns', () => {
  const one = {
    name: 'u_bikepermits',
    recordFound: true,
    _field: { name: 'permit_no', type: 'String', value: 'B-17' },
  };
  const two = {
    name: 's_stu_x',
    recordFound: true,
    _field: [
      { name: 'allergies', type: 'String', value: 'nuts, "all"' },
      { name: 'locker', type: 'Integer', value: 12 },
    ],
  };
  const rows = roundTrip([
    [
      { id: 1, _extension_data: { _table_extension: one } },
      { id: 2, _extension_data: { _table_extension: [one, two] } },
      { id: 3, _extension_data: { _table_extension: { recordFound: false, name: 's_stu_x' } } },
      { id: 4 },
    ],
  ]);
  assert.deepEqual(rows, [
    [
      'id',
      '_extension_data.u_bikepermits.permit_no',
      '_extension_data.s_stu_x.allergies',
      '_extension_data.s_stu_x.locker',
    ],
    ['1', 'B-17', '', ''],
    ['2', 'B-17', 'nuts, "all"', '12'],
    ['3', '', '', ''],
    ['4', '', '', ''],
  ]);
});

test('lists are JSON in one cell, and one child looks like a list of one', () => {
  const rows = roundTrip([
    [
      { federal_race: [{ code: 'A' }, { code: 'B' }], tags: ['x', 'y'] },
      { federal_race: { code: 'A' }, tags: [] },
    ],
  ]);
  assert.deepEqual(rows, [
    ['federal_race', 'tags'],
    ['[{"code":"A"},{"code":"B"}]', '["x","y"]'],
    ['[{"code":"A"}]', '[]'],
  ]);
});

test('an empty expansion makes no column of its own beside the columns of a full one', () => {
  const rows = roundTrip([
    [
      { id: 1, phones: '' },
      { id: 2, phones: { main: '802' } },
      { id: 3, phones: null },
    ],
  ]);
  assert.deepEqual(rows, [
    ['id', 'phones.main'],
    ['1', ''],
    ['2', '802'],
    ['3', ''],
  ]);
});

test('an expansion that is empty in every record keeps its column', () => {
  assert.deepEqual(roundTrip([[{ id: 1, phones: '' }]]), [
    ['id', 'phones'],
    ['1', ''],
  ]);
});

test('a column that first appears late is in the header, and every row has a cell for it', () => {
  const pages = Array.from({ length: 9 }, (_, page) => [{ id: page, note: 'a,"b"\r\nc' }]);
  const late = [...pages, [{ id: 9, late: 'x' }], [{ id: 10, later: { still: 'y' }, empty: '' }]];
  const rows = roundTrip(late, { byteOrderMark: true });
  assert.deepEqual(rows[0], ['id', 'note', 'late', 'later.still', 'empty']);
  assert.deepEqual(rows[1], ['0', 'a,"b"\r\nc', '', '', '']);
  assert.deepEqual(rows[10], ['9', '', 'x', '', '']);
  assert.deepEqual(rows[11], ['10', '', '', 'y', '']);
});

test('known columns are there without any record', () => {
  const known = [{ name: 'tables.students.dcid', path: ['tables', 'students', 'dcid'] }];
  assert.deepEqual(roundTrip([], { known }), [['tables.students.dcid']]);
});

test('an empty cell of a one-column file is not an empty line', () => {
  assert.equal(fileOf([batchOfValues([{ a: 'x' }, {}, { a: '' }])]).toString(), 'a\r\nx\r\n""\r\n""\r\n');
});

test('records that are plain values fill a column named value', () => {
  assert.deepEqual(roundTrip([[1, 'two', null, [3]]]), [['value'], ['1'], ['two'], [''], ['[3]']]);
});

test('a byte order mark comes first, and only when asked for', () => {
  const page = batchOfValues([{ a: 1 }]);
  assert.equal(fileOf([page], { byteOrderMark: true }).toString('latin1').slice(0, 4), '\u00ef\u00bb\u00bfa');
  assert.equal(fileOf([page]).toString(), 'a\r\n1\r\n');
});

test('chosen columns come in the order asked for, by whole name or its end', () => {
  const records = [{ id: 1, name: { first_name: 'Nora', last_name: 'Quill' }, school: { id: 5 } }];
  assert.deepEqual(roundTrip([records], { chosen: ['last_name', 'ID', 'name', 'nothing', 'school.id'] }), [
    ['last_name', 'ID', 'name', 'nothing', 'school.id'],
    ['Quill', '1', '{"first_name":"Nora","last_name":"Quill"}', '', '5'],
  ]);
});

test('a chosen name that fits two columns is refused with both named', () => {
  const records = [{ home: { city: 'Fernhill' }, mailing: { city: 'Oak' } }];
  assert.throws(() => roundTrip([records], { chosen: ['city'] }), {
    code: 'PS976',
    message: 'The column name "city" fits several columns: home.city, mailing.city.',
  });
});

test('chosen columns cut JSON records too', () => {
  const encoder = new RecordEncoder({ format: 'ndjson', chosen: ['last_name', 'phones', 'n'] });
  const first = encoder.encode(batchOfValues([{ name: { last_name: 'Qu"ill' }, phones: ['1'], n: 5 }, { n: null }]));
  assert.equal(first.length, 0);
  assert.equal(
    Buffer.from(encoder.end()).toString(),
    '{"last_name":"Qu\\"ill","phones":["1"],"n":5}\n{"last_name":null,"phones":null,"n":null}\n',
  );
});

test('a record that is broken JSON is reported, not written', () => {
  const bytes = Buffer.from('{"a":1,"b"}');
  const batch = { bytes, ranges: Uint32Array.of(0, bytes.length), count: 1, contiguous: false };
  assert.throws(() => fileOf([batch]), { code: 'PS977' });
});

test('random records come back cell by cell', () => {
  const random = sequence(20261123);
  for (let round = 0; round < 150; round++) {
    const records = Array.from({ length: 1 + Math.floor(random() * 12) }, () => randomRecord(random));
    const pages = records.map((record) => [record]);
    const [header = [], ...rows] = roundTrip(pages, { keepFormulas: true });
    assert.equal(rows.length, records.length);
    for (const [index, record] of records.entries()) {
      const expected = new Map<string, string>();
      flatten(record, [], expected);
      const actual = new Map(header.map((name, column) => [name, rows[index]?.[column] ?? 'no cell']));
      for (const [name, cell] of expected) {
        assert.equal(
          actual.get(name) ?? (cell === '' ? '' : 'no column'),
          cell,
          `${name} in ${JSON.stringify(record)}`,
        );
        actual.delete(name);
      }
      for (const [name, cell] of actual) assert.equal(cell, '', `${name} in ${JSON.stringify(record)}`);
    }
  }
});

/** The plain reading of "flattened by path", written apart from the product. */
function flatten(value: unknown, path: readonly string[], cells: Map<string, string>): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) flatten(inner, [...path, key], cells);
  } else if (Array.isArray(value)) cells.set(path.join('.'), JSON.stringify(value));
  else if (value === null || value === undefined) cells.set(path.join('.'), '');
  else cells.set(path.join('.'), typeof value === 'string' ? value : JSON.stringify(value));
}

function randomRecord(random: () => number): Record<string, unknown> {
  const keys = ['id', 'name', 'note', 'kind', 'a b', 'ü', 'x"y'];
  const record: Record<string, unknown> = {};
  for (const key of keys) if (random() < 0.6) record[key] = randomValue(random, key === 'kind' ? 2 : 0);
  return record;
}

function randomValue(random: () => number, depth: number): unknown {
  const pick = Math.floor(random() * (depth > 0 ? 9 : 7));
  if (pick === 0) return '';
  if (pick === 1) return Math.floor(random() * 1e6) / 100;
  if (pick === 2) return random() < 0.5;
  if (pick === 3) return null;
  if (pick === 4) return Array.from({ length: Math.floor(random() * 3) }, () => 'a"b,c');
  if (pick < 7) {
    const alphabet = ['a', 'B', ',', '"', '\n', '\r\n', ' ', '\\', 'é', '学', '😀', '=', '-', '1', '\u0007'];
    return Array.from(
      { length: 1 + Math.floor(random() * 8) },
      () => alphabet[Math.floor(random() * alphabet.length)],
    ).join('');
  }
  const inner: Record<string, unknown> = {};
  for (const key of ['p', 'q', 'r']) if (random() < 0.7) inner[key] = randomValue(random, depth - 1);
  return inner;
}

/** Numbers between 0 and 1 from a seed (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
