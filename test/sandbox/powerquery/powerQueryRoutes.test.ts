import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { builtInPlugin } from '../../../src/sandbox/auth/installedPlugin.ts';
import type { NamedQuery } from '../../../src/sandbox/powerquery/namedQuery.ts';
import { powerQueryRoutes } from '../../../src/sandbox/powerquery/powerQueryRoutes.ts';
import type { Sandbox } from '../../../src/sandbox/sandboxState.ts';
import { HttpServer } from '../../../src/sandbox/server/httpServer.ts';
import { Refusal, refusalAnswer } from '../../../src/sandbox/server/refusal.ts';
import { Router } from '../../../src/sandbox/server/router.ts';
import { namedQuery, startEngine } from './testDistrict.ts';

const LEVELS = namedQuery({
  name: 'org.fernhill.demo.numbers.list',
  flattened: true,
  columns: [{ text: 'n', column: 'STUDENTS.ID' }],
  sql: 'select level from dual connect by level <= 3000',
});

/** The routes behind the sandbox's HTTP server, without its tokens. Gives the address. */
async function serve(context: TestContext, queries: readonly NamedQuery[]): Promise<string> {
  const engine = startEngine(context, queries);
  const router = new Router(powerQueryRoutes(() => engine));
  const server = new HttpServer(async (incoming) => {
    const match = router.match(incoming.method, incoming.path);
    if (match === undefined || match === 'method')
      return { status: match === 'method' ? 405 : 404, body: { kind: 'none' } };
    try {
      // These handlers ask the sandbox for nothing.
      const sandbox = {} as Sandbox;
      return await match.route.handler({ ...incoming, sandbox, caller: builtInPlugin(), parameters: match.parameters });
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error, 'schema', true);
      throw error;
    }
  });
  await server.listen(0);
  context.after(() => server.close());
  return `${server.origin}/ws/schema/query`;
}

const post = (url: string, body?: string): Promise<Response> =>
  fetch(url, { method: 'POST', ...(body === undefined ? {} : { body }) });

test('a PowerQuery is called by POST, alone or with /count', async (context) => {
  const address = await serve(context, [LEVELS]);
  const page = (await (await post(`${address}/${LEVELS.name}?pagesize=2`, '{}')).json()) as Record<string, unknown>;
  assert.deepEqual(page['record'], [
    { _name: 'students', n: '1' },
    { _name: 'students', n: '2' },
  ]);
  assert.deepEqual(await (await post(`${address}/${LEVELS.name}/count`, '{}')).json(), { count: 3000 });
  assert.equal((await post(`${address}/${LEVELS.name}`)).status, 200);
  assert.equal((await fetch(`${address}/${LEVELS.name}`)).status, 405);
});

test('pagesize=0 is sent in one stream of valid JSON', async (context) => {
  const address = await serve(context, [LEVELS]);
  const response = await post(`${address}/${LEVELS.name}?pagesize=0`, '{}');
  assert.equal(response.headers.get('content-length'), null);
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
  const { record } = (await response.json()) as { record: { n: string }[] };
  assert.equal(record.length, 3000);
  assert.equal(record.at(-1)?.n, '3000');
});

test('a refusal has the shape of the schema family', async (context) => {
  const address = await serve(context, [LEVELS]);
  const unknown = await post(`${address}/a.b.c.d.e`, '{}');
  assert.equal(unknown.status, 404);
  assert.deepEqual(await unknown.json(), { message: 'Query a.b.c.d.e not found' });
  assert.equal((await post(`${address}/${LEVELS.name}`, 'no json')).status, 400);
});

test('what the sandbox made up is told in a header', async (context) => {
  const query = namedQuery({ columns: [{ text: 'x', column: 'STUDENTS.ID' }], sql: 'select colour from u_lockers' });
  const address = await serve(context, [query]);
  const response = await post(`${address}/${query.name}`, '{}');
  assert.equal(response.headers.get('x-sandbox-assumed'), 'table U_LOCKERS');
});

test('the queries are described, and their access requests listed', async (context) => {
  const address = await serve(context, [LEVELS]);
  const described = (await (await fetch(`${address}/api`)).json()) as { paths: object };
  assert.deepEqual(Object.keys(described.paths), [`/ws/schema/query/${LEVELS.name}`]);
  const list = await fetch(`${new URL(address).origin}/ws/powerqueryaccesslist/${LEVELS.name}`);
  assert.equal(list.status, 200);
});
