import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { batchOfValues } from '../../../src/core/output/recordBatch.ts';
import { RecordIndexer } from '../../../src/core/records/recordIndexer.ts';
import { batchesOf, FileRecords, MemoryRecords } from '../../../src/core/records/recordSource.ts';
import { RecordTable, type Arrangement, type Work } from '../../../src/core/table/recordTable.ts';
import { tableText } from '../../../src/core/table/tableText.ts';
import { seededRandom } from '../request/fuzz.ts';

const WORK: Work = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  pause: () => Promise.resolve(),
};

async function tableOf(records: readonly unknown[]): Promise<RecordTable> {
  const table = new RecordTable(new MemoryRecords(batchOfValues(records)));
  await table.prepare();
  return table;
}

function slotOf(table: RecordTable, name: string): number {
  const slot = table.columns.findIndex((column) => column.name === name);
  assert.ok(slot >= 0, `${name} in ${table.columns.map((column) => column.name).join(' ')}`);
  return slot;
}

async function column(table: RecordTable, name: string): Promise<(string | null)[]> {
  const rows = await table.window(0, table.rows, [slotOf(table, name)]);
  return rows.map(([cell]) => cell ?? null);
}

async function arranged(table: RecordTable, arrangement: Partial<Arrangement>): Promise<RecordTable> {
  await table.arrange({ sort: [], filters: [], search: '', searched: [], ...arrangement }, WORK);
  return table;
}

async function sorted(values: readonly unknown[], descending = false): Promise<(string | null)[]> {
  const table = await tableOf(values.map((value) => ({ value })));
  return column(await arranged(table, { sort: [{ slot: slotOf(table, 'value'), descending }] }), 'value');
}

async function filtered(values: readonly unknown[], text: string): Promise<(string | null)[]> {
  const table = await tableOf(values.map((value) => ({ value })));
  return column(await arranged(table, { filters: [{ slot: slotOf(table, 'value'), text }] }), 'value');
}

const STUDENTS = [
  {
    id: 3,
    name: { first_name: 'Zoë', last_name: 'Ødegård' },
    _extension_data: {
      _table_extension: [{ recordFound: true, _field: [{ name: 'permit', value: 'B-17' }], name: 'u_bike' }],
    },
    phones: '',
  },
  { id: 1, name: { first_name: 'Ann', last_name: 'Quill' }, phones: { phone: [{ number: '1' }] }, late: '' },
  { id: 2, name: { first_name: '学', last_name: 'Åberg' }, race: { code: 'W' } },
];

describe('columns', () => {
  test('nested objects, extension data and lists become columns by their paths', async () => {
    const table = await tableOf(STUDENTS);
    assert.deepEqual(
      table.columns.map(({ name }) => name).sort(),
      [
        '_extension_data.u_bike.permit',
        'id',
        'late',
        'name.first_name',
        'name.last_name',
        'phones.phone',
        'race',
      ].sort(),
    );
    assert.deepEqual(await column(table, '_extension_data.u_bike.permit'), ['B-17', null, null]);
    assert.deepEqual(await column(table, 'race'), [null, null, '[{"code":"W"}]']);
    assert.deepEqual(await column(table, 'phones.phone'), [null, '[{"number":"1"}]', null]);
  });

  test('a column that appears late is found, and those before keep their places', async () => {
    const table = await tableOf([...Array.from({ length: 5000 }, (_, id) => ({ id })), { id: 5000, late: 'x' }]);
    assert.deepEqual(
      table.columns.map(({ name }) => name),
      ['id'],
    );
    await table.scan(WORK);
    assert.deepEqual(
      table.columns.map(({ name }) => name),
      ['id', 'late'],
    );
    assert.deepEqual(table.factsOf(1), { type: 'text', empty: 5000 });
    assert.deepEqual(await table.window(4999, 5001, [1, 0]), [
      [null, '4999'],
      ['x', '5000'],
    ]);
  });

  test('the type of a column is what all of its values are', async () => {
    const cases: [unknown[], string][] = [
      [[1, '2', '-3.5', null, ''], 'number'],
      [['007', '1'], 'text'],
      [['12345678901234567890'], 'text'],
      [['1.', '.5'], 'text'],
      [['2026-08-24', '2026-08-24T10:00:00'], 'date'],
      [['2026-08-24', 'soon'], 'text'],
      [[true, 'false'], 'boolean'],
      [[[1], []], 'list'],
      [[null, ''], 'empty'],
      [['Å'], 'text'],
    ];
    for (const [values, type] of cases) {
      const table = await tableOf(values.map((value) => ({ id: 'x', value })));
      await table.scan(WORK);
      assert.equal(table.factsOf(slotOf(table, 'value')).type, type, JSON.stringify(values));
    }
  });
});

describe('sorting', () => {
  test('numbers by value, also those written as text; empty cells last both ways', async () => {
    assert.deepEqual(await sorted(['10', 9, null, '-2', '', 9]), ['-2', '9', '9', '10', null, '']);
    assert.deepEqual(await sorted(['10', 9, null, '-2', '', 9], true), ['10', '9', '9', '-2', null, '']);
  });

  test('dates in time, texts whatever the letter case, other scripts by their language', async () => {
    assert.deepEqual(await sorted(['2026-10-01', '2025-12-31', '2026-02-01']), [
      '2025-12-31',
      '2026-02-01',
      '2026-10-01',
    ]);
    assert.deepEqual(await sorted(['b', 'A', 'a', 'B', 'C']), ['A', 'a', 'B', 'b', 'C']);
    assert.deepEqual(await sorted(['Zed', 'Ødegård', 'ann', 'Émile', 'Eve']), [
      'ann',
      'Émile',
      'Eve',
      'Ødegård',
      'Zed',
    ]);
    assert.deepEqual(await sorted(['학', '学', 'a']), ['a', '학', '学']);
  });

  test('by several columns, and records that are equal stay as they came', async () => {
    const random = seededRandom(4);
    const rows = Array.from({ length: 60_000 }, (_, id) => ({
      id,
      grade: Math.floor(random() * 13),
      name: `Nora ${Math.floor(random() * 30_000)}`,
    }));
    const table = await tableOf(rows);
    await arranged(table, {
      sort: [
        { slot: slotOf(table, 'grade'), descending: true },
        { slot: slotOf(table, 'name'), descending: false },
      ],
    });
    const expected = rows.toSorted(
      (a, b) => b.grade - a.grade || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) || a.id - b.id,
    );
    assert.deepEqual(
      [...(table.order ?? [])],
      expected.map(({ id }) => id),
    );
    await arranged(table, {});
    assert.equal(table.order, undefined);
  });
});

describe('filtering', () => {
  test('by a part, whatever the letter case, and its opposite', async () => {
    assert.deepEqual(await filtered(['Ann', 'Joanna', 'Bob', null], 'ANN'), ['Ann', 'Joanna']);
    assert.deepEqual(await filtered(['Ann', 'Joanna', 'Bob', null], '!ann'), ['Bob', null]);
    assert.deepEqual(await filtered(['Zoe\u0308', 'Zoë', 'zoe'], 'zoë'), ['Zoe\u0308', 'Zoë']);
  });

  test('by the whole value, empty and not empty', async () => {
    assert.deepEqual(await filtered(['Ann', 'Joanna'], '=ann'), ['Ann']);
    assert.deepEqual(await filtered(['Ann', 'Joanna'], '!=ann'), ['Joanna']);
    assert.deepEqual(await filtered(['Ann', null, ''], '='), [null, '']);
    assert.deepEqual(await filtered(['Ann', null, ''], '!='), ['Ann']);
  });

  test('by comparison: numbers as numbers, dates in time, empty cells never', async () => {
    assert.deepEqual(await filtered(['9', '10', 11, null], '>9'), ['10', '11']);
    assert.deepEqual(await filtered(['9', '10', 11, null], '<= 10'), ['9', '10']);
    assert.deepEqual(await filtered(['2026-01-02', '2025-12-31'], '>=2026'), ['2026-01-02']);
  });

  test('by a regular expression; one that is not finished filters as text', async () => {
    assert.deepEqual(await filtered(['Ann', 'Bob', 'anton'], '/^an/'), ['Ann', 'anton']);
    assert.deepEqual(await filtered(['a(', '/a(/', 'b'], '/a(/'), ['/a(/']);
  });

  test('the search looks into the values of the columns it is given, not into names or markup', async () => {
    const table = await tableOf(STUDENTS);
    const search = async (text: string, names: string[]): Promise<(string | null)[]> => {
      await arranged(table, { search: text, searched: names.map((name) => slotOf(table, name)) });
      return column(table, 'id');
    };
    assert.deepEqual(await search('first_name', ['name.first_name', 'id']), []);
    assert.deepEqual(await search('ödeg', ['name.last_name']), []);
    assert.deepEqual(await search('ØDEG', ['name.last_name']), ['3']);
    assert.deepEqual(await search('quill', ['name.first_name']), []);
    assert.deepEqual(await search('quill', ['name.first_name', 'name.last_name']), ['1']);
    assert.deepEqual(await search('b-17', ['_extension_data.u_bike.permit']), ['3']);
    assert.deepEqual(await search('学', ['name.first_name']), ['2']);
  });

  test('a value that the server wrote with escapes is found', async () => {
    const text = '[{"a":"\\u0041nn"},{"a":"x\\/y"},{"a":"say \\"hi\\""}]';
    const indexer = new RecordIndexer();
    indexer.add(Buffer.from(text));
    const index = indexer.end();
    assert.ok(index);
    const bytes = Buffer.from(text);
    const ranges = Uint32Array.from({ length: 6 }, (_, at) =>
      at % 2 === 0 ? index.start(at / 2) : index.end((at - 1) / 2),
    );
    const table = new RecordTable(new MemoryRecords({ bytes, ranges, count: 3, contiguous: true }));
    await table.prepare();
    for (const [wanted, found] of [
      ['ann', 'Ann'],
      ['x/y', 'x/y'],
      ['"hi"', 'say "hi"'],
    ] as const) {
      await arranged(table, { search: wanted, searched: [0] });
      assert.deepEqual(await table.window(0, 5, [0]), [[found]]);
    }
  });

  test('filtered rows are sorted, counted and read in their order', async () => {
    const table = await tableOf(Array.from({ length: 3000 }, (_, id) => ({ id, grade: id % 13 })));
    await arranged(table, {
      filters: [{ slot: 1, text: '=12' }],
      sort: [{ slot: 0, descending: true }],
    });
    assert.equal(table.rows, 230);
    assert.deepEqual(await table.window(228, 230, [0]), [['25'], ['12']]);
    await arranged(table, { filters: [{ slot: 1, text: '=99' }] });
    assert.equal(table.rows, 0);
  });
});

test('a summary counts the rows that are shown', async () => {
  const table = await tableOf(['b', 'B', 'a', 'a', '', null, 'a', 'c'].map((value, id) => ({ id, value })));
  await table.scan(WORK);
  assert.deepEqual(await table.summary(1, WORK), {
    type: 'text',
    rows: 8,
    empty: 2,
    distinct: 4,
    least: 'a',
    most: 'c',
    frequent: [
      { value: 'a', rows: 3 },
      { value: 'b', rows: 1 },
      { value: 'B', rows: 1 },
      { value: 'c', rows: 1 },
    ],
  });
  await arranged(table, { filters: [{ slot: 0, text: '<3' }] });
  const { rows, distinct } = await table.summary(1, WORK);
  assert.deepEqual({ rows, distinct }, { rows: 3, distinct: 3 });
  assert.deepEqual((await table.summary(0, WORK)).least, '0');
});

test('work that is cancelled stops, and what was shown stays', async () => {
  const table = await tableOf(Array.from({ length: 50_000 }, (_, id) => ({ id })));
  await arranged(table, { filters: [{ slot: 0, text: '=7' }] });
  const cancel = new AbortController();
  const work: Work = { signal: cancel.signal, onProgress: () => cancel.abort(), pause: () => Promise.resolve() };
  await assert.rejects(table.arrange({ sort: [], filters: [{ slot: 0, text: '5' }], search: '', searched: [] }, work), {
    name: 'AbortError',
  });
  assert.deepEqual(await table.window(0, 9, [0]), [['7']]);
  await arranged(table, { sort: [{ slot: 0, descending: true }] });
  assert.deepEqual(await table.window(0, 1, [0]), [['49999']]);
});

test('what is hidden is hidden in cells, copies and summaries, and the records are still found by it', async () => {
  const table = await tableOf(STUDENTS);
  table.mask = ({ name }, value, isText) => (name.startsWith('name') ? '•••' : isText ? value.toUpperCase() : value);
  const slots = ['id', 'name.first_name'].map((name) => slotOf(table, name));
  assert.deepEqual(await table.window(0, 1, slots), [['3', '•••']]);
  assert.equal(await table.cell(0, slotOf(table, 'name.last_name')), '•••');
  const { text } = await tableText(table, { from: 0, to: 3, slots }, 'json', 1e6);
  assert.deepEqual(
    JSON.parse(text),
    [3, 1, 2].map((id) => ({ id, 'name.first_name': '•••' })),
  );
  assert.equal((await table.summary(slots[1] ?? 0, WORK)).distinct, 1);
});

describe('copying', () => {
  test('as tab-separated cells, CSV and JSON', async () => {
    const table = await tableOf([
      { id: 12345678901, text: 'a\tb', list: [1], none: null, on: true },
      { id: 2, text: 'say "hi"', list: [], none: null, on: false },
      { id: 3, text: '=1+1', list: [], none: null, on: false },
    ]);
    const range = { from: 0, to: 3, slots: [1, 0, 2, 3] };
    assert.equal(
      (await tableText(table, range, 'tsv', 1e6)).text,
      '"a\tb"\t12345678901\t[1]\t\n"say ""hi"""\t2\t[]\t\n=1+1\t3\t[]\t',
    );
    assert.match((await tableText(table, range, 'tsvWithHeader', 1e6)).text, /^text\tid\tlist\tnone\n/);
    assert.equal(
      (await tableText(table, range, 'csv', 1e6)).text,
      'text,id,list,none\r\na\tb,12345678901,[1],\r\n"say ""hi""",2,[],\r\n\'=1+1,3,[],\r\n',
    );
    assert.deepEqual(JSON.parse((await tableText(table, { ...range, slots: [0, 1, 2, 3, 4] }, 'json', 1e6)).text), [
      { id: 12345678901, text: 'a\tb', list: [1], none: null, on: true },
      { id: 2, text: 'say "hi"', list: [], none: null, on: false },
      { id: 3, text: '=1+1', list: [], none: null, on: false },
    ]);
  });

  test('digits stay as the server wrote them, and a copy ends where it would be too large', async () => {
    const bytes = Buffer.from('{"id":12345678901234567890}\n');
    const table = new RecordTable(
      new MemoryRecords({ bytes, ranges: Uint32Array.of(0, 27), count: 1, contiguous: true }),
    );
    await table.prepare();
    const copied = await tableText(table, { from: 0, to: 1, slots: [0] }, 'json', 1e6);
    assert.match(copied.text, /12345678901234567890/);
    const many = await tableOf(Array.from({ length: 5000 }, (_, id) => ({ id })));
    const cut = await tableText(many, { from: 0, to: 5000, slots: [0] }, 'tsv', 100);
    assert.ok(cut.rows < 50 && cut.text.length < 120, String(cut.rows));
  });
});

test('records in a file make the same table as records in memory, in whatever order', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'table-'));
  try {
    const random = seededRandom(9);
    const rows = Array.from({ length: 12_000 }, (_, id) => ({ id, name: `Ünï ${Math.floor(random() * 500)}` }));
    const text = JSON.stringify({ students: { student: rows } }, undefined, 1);
    const file = path.join(folder, 'body');
    await writeFile(file, text);
    const indexer = new RecordIndexer();
    indexer.add(Buffer.from(text));
    const index = indexer.end();
    assert.ok(index);
    const stored = new RecordTable(new FileRecords(file, index));
    await stored.prepare();
    const inMemory = await tableOf(rows);
    for (const arrangement of [{}, { sort: [{ slot: 1, descending: true }] }, { filters: [{ slot: 1, text: '49' }] }]) {
      await arranged(stored, arrangement);
      await arranged(inMemory, arrangement);
      assert.deepEqual(await stored.window(0, 20_000, [0, 1]), await inMemory.window(0, 20_000, [0, 1]));
    }
    let exported = 0;
    for await (const batch of batchesOf(new FileRecords(file, index), stored.order)) exported += batch.count;
    assert.equal(exported, stored.rows);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
