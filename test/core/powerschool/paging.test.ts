import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { recordValue } from '../../../src/core/output/recordBatch.ts';
import { createClient } from '../../../src/core/powerschool/createClient.ts';
import type { PowerSchoolClient } from '../../../src/core/powerschool/client.ts';
import { fetchAllPages, type PagingNote, type PagingOptions } from '../../../src/core/powerschool/paging.ts';
import { planPages } from '../../../src/core/powerschool/pagingPlan.ts';
import { pageTarget, readPagedTarget } from '../../../src/core/powerschool/pagingTarget.ts';
import type { AccessToken } from '../../../src/core/powerschool/server.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  json,
  type PageServer,
  type PageServerOptions,
  startPageServer,
} from '../../support/pageServer.ts';

const LIST = '/ws/v1/district/student';

function clientOf(t: TestContext, server: PageServer, concurrency = 4): PowerSchoolClient {
  let token: AccessToken | undefined;
  const client = createClient({
    server: { id: 'test', name: 'Test', origin: server.url, kind: 'test' },
    concurrency,
    secrets: {
      credentials: () => Promise.resolve({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }),
      token: () => Promise.resolve(token),
      storeToken: (_server, value) => {
        token = value;
        return Promise.resolve();
      },
    },
  });
  t.after(() => client.close());
  return client;
}

interface Fetched {
  readonly server: PageServer;
  readonly ids: unknown[];
  readonly numbers: number[];
  readonly error: unknown;
  readonly notes: PagingNote[];
}

async function fetchAll(
  t: TestContext,
  server: PageServerOptions,
  options: Partial<PagingOptions> = {},
): Promise<Fetched> {
  const running = await startPageServer(t, server);
  const ids: unknown[] = [];
  const numbers: number[] = [];
  const notes: PagingNote[] = [];
  let error: unknown;
  try {
    const pages = fetchAllPages(clientOf(t, running, options.concurrency), {
      target: LIST,
      concurrency: 4,
      onNote: (note) => notes.push(note),
      ...options,
    });
    for await (const { batch, number } of pages) {
      numbers.push(number);
      for (let i = 0; i < batch.count; i++) ids.push((recordValue(batch, i) as { id: unknown }).id);
    }
  } catch (thrown) {
    error = thrown;
  }
  return { server: running, ids, numbers, error, notes };
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

for (const count of [0, 1, 2, 99, 100, 101, 200, 250, 1000]) {
  test(`${count} records come all, once, in the server's order`, async (t) => {
    const { ids, error, server } = await fetchAll(t, { count: () => count });
    assert.equal(error, undefined);
    assert.deepEqual(ids, upTo(count));
    assert.equal(server.tokens, 1);
  });
}

test('pages that arrive out of order are given in order', async (t) => {
  // Page 1 waits until page 4 was asked for.
  let release: (() => void) | undefined;
  const fourth = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { ids, numbers } = await fetchAll(t, {
    count: () => 450,
    before: async ({ page }) => {
      if (page === 4) release?.();
      if (page === 1) await fourth;
      return false;
    },
  });
  assert.deepEqual(ids, upTo(450));
  assert.deepEqual(numbers, [1, 2, 3, 4, 5]);
});

test('the largest page that the server allows is asked for', async (t) => {
  const { server } = await fetchAll(t, { count: () => 250, limits: { student_max_page_size: 120 } });
  assert.ok(server.requests.includes(`GET ${LIST}?page=3&pagesize=120`));
});

test('the page size in the URL comes first, and the rest of the query stays as it was typed', async (t) => {
  const { server, ids } = await fetchAll(
    t,
    { count: () => 25 },
    { target: `${LIST}?q=name.last_name==Q%26*;x==(A,P)&pagesize=10&expansions=phones` },
  );
  assert.deepEqual(ids, upTo(25));
  assert.ok(
    server.requests.includes(`GET ${LIST}?q=name.last_name==Q%26*;x==(A,P)&expansions=phones&page=3&pagesize=10`),
  );
  assert.ok(server.requests.includes(`GET ${LIST}/count?q=name.last_name==Q%26*;x==(A,P)`));
});

test('a page size over the limit becomes the limit', async (t) => {
  const server = await startPageServer(t, { count: () => 5 });
  const plan = await planPages(clientOf(t, server), { target: `${LIST}?pagesize=500` });
  assert.deepEqual([plan.pageSize, plan.tooLarge, plan.count], [100, 500, 5]);
});

test('nothing is asked for behind the counted records', async (t) => {
  const { server } = await fetchAll(t, { count: () => 250 });
  assert.deepEqual(
    server.pages.toSorted((a, b) => a - b),
    [1, 2, 3],
  );
});

test('without a count it goes on until a short page', async (t) => {
  const { ids, server } = await fetchAll(t, { count: () => 350, countBody: () => undefined });
  assert.deepEqual(ids, upTo(350));
  assert.ok(Math.max(...server.pages) <= 8);
});

test('records that came after the count are fetched too', async (t) => {
  let count = 200;
  const { ids } = await fetchAll(t, {
    count: () => count,
    before: ({ page }) => {
      if (page === 2) count = 320;
      return false;
    },
  });
  assert.deepEqual(ids, upTo(320));
});

test('a server that gives less than it was asked for is followed at its own page size', async (t) => {
  const { ids, notes, error } = await fetchAll(t, {
    count: () => 130,
    limits: { student_max_page_size: 1000 },
    before: ({ page, pageSize, response }) => {
      if (pageSize <= 50) return false;
      json(response, JSON.stringify({ students: { student: upTo(50).map((id) => ({ id: id + (page - 1) * 50 })) } }));
      return true;
    },
  });
  assert.equal(error, undefined);
  assert.deepEqual(ids, upTo(130));
  assert.deepEqual(notes, [{ kind: 'serverCutsPages', asked: 1000, received: 50 }]);
});

test('a count that is larger than the list ends with the list', async (t) => {
  const { ids, error } = await fetchAll(t, { count: () => 30, countBody: () => '{"count":"31"}' });
  assert.equal(error, undefined);
  assert.deepEqual(ids, upTo(30));
});

test('table rows and PowerQueries are fetched by their own limits', async (t) => {
  const table = await fetchAll(
    t,
    { count: () => 130, body: rows, limits: { schema_table_query_max_page_size: 60 } },
    { target: '/ws/schema/table/students?projection=*' },
  );
  assert.deepEqual(table.ids, upTo(130));
  assert.ok(table.server.requests.includes('GET /ws/schema/table/students?projection=*&page=3&pagesize=60'));
  const bodies: string[] = [];
  const query = await fetchAll(
    t,
    {
      count: () => 2100,
      body: (records, call) => {
        bodies.push(call.body);
        return rows(records);
      },
    },
    { target: '/ws/schema/query/org.fernhill.demo.students.list', method: 'POST', body: '{"grade":9}' },
  );
  assert.deepEqual(query.ids, upTo(2100));
  assert.deepEqual(bodies, ['{"grade":9}', '{"grade":9}', '{"grade":9}']);
  assert.ok(
    query.server.requests.includes('POST /ws/schema/query/org.fernhill.demo.students.list?page=3&pagesize=1000'),
  );
});

test('a path that does not come in pages is asked for once, as it is', async (t) => {
  const { ids, server } = await fetchAll(
    t,
    { count: () => 9, body: () => '{"student":{"id":4101}}' },
    { target: '/ws/v1/student/4101' },
  );
  assert.deepEqual(ids, [4101]);
  assert.deepEqual(server.requests, ['GET /ws/v1/student/4101']);
});

test('a list that ignores the page size is taken as a whole', async (t) => {
  const { ids, error } = await fetchAll(t, {
    count: () => 9,
    countBody: () => undefined,
    body: () => JSON.stringify({ students: { student: upTo(300).map((id) => ({ id })) } }),
  });
  assert.equal(error, undefined);
  assert.deepEqual(ids, upTo(300));
});

test('a server that ignores the page number is noticed', async (t) => {
  const { ids, error } = await fetchAll(t, {
    count: () => 9,
    countBody: () => undefined,
    body: () => JSON.stringify({ students: { student: upTo(100).map((id) => ({ id })) } }),
  });
  assert.deepEqual(ids, upTo(100));
  assert.equal((error as { code?: string }).code, 'PS997');
});

test('two equal pages in a row are fetched like any others', async (t) => {
  const { ids, error } = await fetchAll(t, {
    count: () => 430,
    countBody: () => undefined,
    record: (index) => ({ id: index < 200 ? index % 100 : index }),
  });
  assert.equal(error, undefined);
  assert.equal(ids.length, 430);
});

test('pages of equal records are no sign of that', async (t) => {
  const { ids, error } = await fetchAll(t, { count: () => 230, record: () => ({ id: 'same' }) });
  assert.equal(error, undefined);
  assert.equal(ids.length, 230);
});

const strange: [name: string, code: string, answer: (response: Parameters<typeof json>[0]) => void][] = [
  [
    'a web page',
    'PS985',
    (response) =>
      void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><body>Maintenance</body></html>'),
  ],
  ['broken JSON', 'PS932', (response) => json(response, '{"students":{"student":[{"id":1},')],
  ['no list of records', 'PS996', (response) => json(response, '{"resource":{"count":5}}')],
  [
    'a larger page than asked for',
    'PS998',
    (response) => json(response, JSON.stringify({ students: { student: upTo(101).map((id) => ({ id })) } })),
  ],
  ['a refusal', 'PS980', (response) => json(response, '{"errorMessage":{"message":"oops"}}', 500)],
];
for (const [name, code, answer] of strange) {
  test(`${name} in the middle ends it with ${code}, and the pages before are kept`, async (t) => {
    const { ids, error } = await fetchAll(t, {
      count: () => 900,
      before: ({ page, response }) => {
        if (page !== 4) return false;
        answer(response);
        return true;
      },
    });
    assert.deepEqual(ids, upTo(300));
    assert.equal((error as { code?: string }).code, code);
  });
}

test('a connection that breaks off inside a page is tried again', async (t) => {
  let broken = 0;
  const { ids, error } = await fetchAll(t, {
    count: () => 450,
    before: ({ page, response }) => {
      if (page !== 3 || broken++ > 0) return false;
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '5000' });
      response.write('{"students":{"student":[{"id":201}', () => response.destroy());
      return true;
    },
  });
  assert.equal(error, undefined);
  assert.deepEqual(ids, upTo(450));
});

test('a token that expires on the way is renewed once', async (t) => {
  const running: { server?: PageServer } = {};
  const server = await startPageServer(t, {
    count: () => 650,
    before: ({ page }) => {
      if (page === 3) running.server?.expireToken();
      return false;
    },
  });
  running.server = server;
  const ids: unknown[] = [];
  for await (const { batch } of fetchAllPages(clientOf(t, server), { target: LIST, concurrency: 4 })) {
    for (let i = 0; i < batch.count; i++) ids.push((recordValue(batch, i) as { id: unknown }).id);
  }
  assert.deepEqual(ids, upTo(650));
  assert.equal(server.tokens, 2);
});

test('a cancel ends it with its reason and lets no request go on', async (t) => {
  const controller = new AbortController();
  const closed: Promise<unknown>[] = [];
  const { ids, error } = await fetchAll(
    t,
    {
      count: () => 900,
      before: async ({ page, response }) => {
        if (page < 3) return false;
        closed.push(once(response, 'close'));
        if (page === 3) controller.abort(new Error('enough'));
        await once(response, 'close');
        return true;
      },
    },
    { signal: controller.signal },
  );
  assert.deepEqual(ids.slice(0, 100), upTo(100));
  assert.equal((error as Error).message, 'enough');
  await Promise.all(closed);
});

test('whoever stops listening stops the fetching', async (t) => {
  const closed: Promise<unknown>[] = [];
  const server = await startPageServer(t, {
    count: () => 900,
    before: async ({ page, response }) => {
      if (page === 1) return false;
      const gone = once(response, 'close');
      closed.push(gone);
      await gone;
      return true;
    },
  });
  for await (const page of fetchAllPages(clientOf(t, server), { target: LIST, concurrency: 4 })) {
    assert.equal(page.number, 1);
    break;
  }
  await Promise.all(closed);
});

test('no more pages are held than twice those in flight', async (t) => {
  const server = await startPageServer(t, { count: () => 5000 });
  for await (const page of fetchAllPages(clientOf(t, server), { target: LIST, concurrency: 2 })) {
    // However long the reader takes, the server is asked for no more than the window.
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    assert.ok(Math.max(...server.pages) <= page.number + 5, `page ${page.number}: ${server.pages.join()}`);
    if (page.number === 20) break;
  }
});

test('targets are taken apart by their family', () => {
  assert.deepEqual(familyOf('/ws/v1/school/5/section_enrollment?page=2'), [
    'section_enrollment',
    '/ws/v1/school/5/section_enrollment/count',
    true,
  ]);
  assert.deepEqual(familyOf('/ws/v1/staff/'), ['staff', '/ws/v1/staff/count', true]);
  assert.deepEqual(familyOf('/ws/schema/table/u_x?projection=a&q=a==1&sort=a'), [
    'schema_table_query',
    '/ws/schema/table/u_x/count?q=a==1',
    true,
  ]);
  assert.deepEqual(familyOf('/ws/schema/table/u_x/5'), [undefined, undefined, false]);
  assert.deepEqual(familyOf('/ws/schema/query/a.b.c'), [undefined, '/ws/schema/query/a.b.c/count', true]);
  assert.deepEqual(familyOf('/ws/contacts/contact/5'), [undefined, undefined, false]);
  assert.deepEqual(familyOf('/ws/v1/district'), [undefined, undefined, false]);
  assert.equal(
    pageTarget(readPagedTarget('/a?x=1&page=7&PAGE=x&pagesize=0'), 3, 10),
    '/a?x=1&PAGE=x&page=3&pagesize=10',
  );
  assert.deepEqual(
    [readPagedTarget('/a?page=7&pagesize=0').firstPage, readPagedTarget('/a?page=7&pagesize=0').pageSize],
    [7, 0],
  );
});

function rows(records: unknown[]): string {
  return JSON.stringify(records.length === 0 ? { '@extensions': '' } : { name: 'x', record: records });
}

function familyOf(target: string): unknown[] {
  const { limitKey, countTarget, paged } = readPagedTarget(target);
  return [limitKey, countTarget, paged];
}
