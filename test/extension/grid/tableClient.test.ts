import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { type AnswerBody, receiveBody } from '../../../src/core/run/answerBody.ts';
import type { TableEvent } from '../../../src/core/table/tableService.ts';
import { TableClient } from '../../../src/extension/grid/tableClient.ts';
import { BodyStore } from '../../../src/extension/response/bodyStore.ts';

const ROWS = Array.from({ length: 20_000 }, (_, id) => ({
  id,
  name: { first_name: `Nora ${id % 100}` },
  ...(id === 19_000 ? { late: 'x' } : {}),
}));
const NOTHING = { sort: [], filters: [], search: '', searched: [] };

let store: BodyStore;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'client-'));
  store = new BodyStore(folder);
});
afterEach(async () => {
  store.dispose();
  await rm(folder, { recursive: true, force: true });
});

function bodyOf(limit: number): Promise<AnswerBody> {
  const chunks = (async function* (): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(JSON.stringify({ students: { student: ROWS } })));
  })();
  return receiveBody({ body: chunks, headers: [] }, { limit, openSpool: store.run().openSpool, indexLarge: true });
}

interface Opened {
  readonly table: TableClient;
  /** Resolves with the columns once all records were looked at. */
  readonly scanned: Promise<Extract<TableEvent, { kind: 'columns' }>>;
}

function open(body: AnswerBody): Opened {
  const { promise, resolve, reject } = Promise.withResolvers<Extract<TableEvent, { kind: 'columns' }>>();
  const onEvent = (event: TableEvent): void => {
    if (event.kind === 'columns' && event.seen === event.records) resolve(event);
  };
  return { table: new TableClient(body, onEvent, reject), scanned: promise };
}

for (const [name, limit] of [
  ['in memory', 1e9],
  ['in a file', 1000],
] as const) {
  test(`a result ${name} is read, filtered and sorted in a thread of its own`, async () => {
    const { table, scanned } = open(await bodyOf(limit));
    try {
      assert.deepEqual(await table.window(19_998, 20_010, [0, 1]), [
        ['19998', 'Nora 98'],
        ['19999', 'Nora 99'],
      ]);
      const { columns } = await scanned;
      assert.deepEqual(columns, [
        { slot: 0, name: 'id', type: 'number', empty: 0 },
        { slot: 1, name: 'name.first_name', type: 'text', empty: 0 },
        { slot: 2, name: 'late', type: 'text', empty: 19_999 },
      ]);
      const filters = [{ slot: 1, text: '=nora 7' }];
      assert.deepEqual(await table.arrange({ ...NOTHING, filters, sort: [{ slot: 0, descending: true }] }), {
        rows: 200,
      });
      assert.deepEqual(await table.window(0, 2, [0]), [['19907'], ['19807']]);
      assert.equal((await table.order())?.length, 200);
      assert.deepEqual((await table.summary(1))?.frequent, [{ value: 'Nora 7', rows: 200 }]);
      assert.equal((await table.text({ from: 0, to: 2, slots: [0] }, 'csv')).text, 'id\r\n19907\r\n19807\r\n');
      assert.equal(await table.cell(1, 1), 'Nora 7');
    } finally {
      await table.close();
    }
  });
}

test('an arrangement that another one overtakes gives nothing', async () => {
  const { table } = open(await bodyOf(1000));
  try {
    const overtaken = table.arrange({ ...NOTHING, filters: [{ slot: 1, text: 'nora' }] });
    const last = table.arrange({ ...NOTHING, filters: [{ slot: 1, text: '=nora 1' }] });
    assert.deepEqual(await Promise.all([overtaken, last]), [undefined, { rows: 200 }]);
  } finally {
    await table.close();
  }
});

test('known personal fields can be hidden', async () => {
  const { table } = open(await bodyOf(1000));
  try {
    await table.hidePersonal(true);
    assert.deepEqual(await table.window(5, 6, [0, 1]), [['5', '•••••']]);
    await table.hidePersonal(false);
    assert.deepEqual(await table.window(5, 6, [0, 1]), [['5', 'Nora 5']]);
  } finally {
    await table.close();
  }
});

test('a result whose file is gone says so, and what was asked is rejected', async () => {
  const body = await bodyOf(1000);
  await rm(body.spooled?.path ?? '');
  const { table, scanned } = open(body);
  const asked = table.window(0, 1, [0]);
  await Promise.all([assert.rejects(asked, /ENOENT/), assert.rejects(scanned, /ENOENT/)]);
  await assert.rejects(table.window(0, 1, [0]), /ENOENT/);
  await table.close();
});

test('closing rejects what is under way', async () => {
  const { table } = open(await bodyOf(1000));
  const asked = assert.rejects(table.arrange({ ...NOTHING, filters: [{ slot: 1, text: 'x' }] }), /closed/);
  await table.close();
  await asked;
});

test('a thread that cannot read its file any more ends, tells why, and rejects what is asked of it', async () => {
  const body = await bodyOf(1000);
  const whole = await readFile(body.spooled?.path ?? '');
  await truncate(body.spooled?.path ?? '', 1000);
  const { table, scanned } = open(body);
  await assert.rejects(scanned, /The file of the result is shorter than it was/);
  await assert.rejects(table.window(0, 10, [0]), /shorter/);
  await table.close();
  await writeFile(body.spooled?.path ?? '', whole);
  const { table: next, scanned: all } = open(body);
  assert.equal((await all).records, 20_000);
  await next.close();
});
