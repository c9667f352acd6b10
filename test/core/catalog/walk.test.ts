import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadCatalog } from '../../../src/core/catalog/load.ts';
import { recordsUnder } from '../../../src/core/catalog/lookup.ts';
import type { Operation } from '../../../src/core/catalog/operation.ts';
import { toRequestText } from '../../../src/core/catalog/requestText.ts';
import { emptySelection, type Selection } from '../../../src/core/catalog/selection.ts';
import { mergeCatalog } from '../../../src/core/catalog/serverCatalog.ts';
import { NO_FACTS } from '../../../src/core/catalog/serverFacts.ts';
import { learnFrom } from '../../../src/core/catalog/serverLearning.ts';
import { createClient } from '../../../src/core/powerschool/createClient.ts';
import type { PowerSchoolClient } from '../../../src/core/powerschool/client.ts';
import { readJson } from '../../../src/core/powerschool/responseText.ts';
import type { Server } from '../../../src/core/powerschool/server.ts';
import { parseRequestFile } from '../../../src/core/request/parse.ts';
import { runRequests } from '../../../src/core/run/runRequests.ts';
import type { RunResult } from '../../../src/core/run/runResult.ts';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/sandbox.ts';
import { manifest, PluginFolder, STUDENT_LIST } from '../../sandbox/pluginFixtures.ts';
import { TestSecrets } from '../../support/testClient.ts';
import { findWalkIds, shapeProblem, walkBody, type WalkIds } from './walkDistrict.ts';

const { operations } = await loadCatalog();

let folder: PluginFolder;
let sandbox: RunningSandbox;
let client: PowerSchoolClient;
let server: Server;
let ids: WalkIds;
let facts = NO_FACTS;
/** A teacher category that nothing hangs on, once it was created. */
let spare: string | undefined;

before(async () => {
  folder = await PluginFolder.create();
  const zip = await folder.zip('roster.zip', {
    'plugin.xml': manifest(),
    'queries_root/a.named_queries.xml': STUDENT_LIST,
  });
  sandbox = await startSandbox({ students: 60, plugins: [zip] });
  const { url, clientId, clientSecret } = sandbox;
  server = { id: 'walk', name: 'Walk', origin: url, kind: 'sandbox' };
  client = createClient({ server, secrets: new TestSecrets({ clientId, clientSecret }) });
  ids = await findWalkIds(async (table, query) => {
    const body = await readJson(await client.send({ method: 'GET', target: `/ws/schema/table/${table}?${query}` }));
    return recordsUnder(body, 'record').flatMap(
      (record) => recordsUnder(record, `tables.${table}`) as Record<string, string>[],
    );
  });
  const target = '/ws/v1/district/student?pagesize=1';
  const response = await client.send({ method: 'GET', target });
  const exchange = { method: 'GET', target, status: response.status, body: await readJson(response) };
  facts = learnFrom(facts, await loadCatalog(), exchange);
});

after(async () => {
  await client.close();
  await sandbox.stop();
  await folder.remove();
});

/** Everything that the tree lets somebody check. */
function everythingPicked(operation: Operation): Selection {
  if (operation.id === 'deleteTeacherCategory') ids = { ...ids, path: { ...ids.path, teacherCategory: spare ?? '' } };
  const pathParams = Object.fromEntries(operation.pathParams.map(({ name, kind }) => [name, ids.path[kind] ?? '1']));
  const query = operation.queryParams.flatMap(({ name }): [string, string][] => {
    const value = ids.query[name];
    return value === undefined || (name === 'term_id' && operation.kind === 'create') ? [] : [[name, value]];
  });
  const hasBody = operation.writes && operation.body !== undefined && operation.bodyType !== 'form';
  return {
    ...emptySelection(operation.id, pathParams),
    expansions: operation.expansions.map(({ name }) => name),
    extensions: operation.extensions.filter(({ availability }) => availability === 'reported').map(({ name }) => name),
    pageSize: '20',
    query,
    body: hasBody ? JSON.stringify(walkBody(operation, ids), undefined, 2) : undefined,
  };
}

/** Writes the request as *New Request* does and runs it as *Run* does. */
async function run(operation: Operation): Promise<RunResult> {
  const catalog = mergeCatalog(await loadCatalog(), facts);
  const offered = catalog.operation(operation.id);
  assert.ok(offered);
  const text = toRequestText(catalog, everythingPicked(offered));
  assert.ok(text);
  const file = parseRequestFile(text);
  assert.equal(file.requests.length, 1, text);
  const events = runRequests({
    files: [{ path: 'walk.ps.http', file, environments: [], roots: [] }],
    ports: {
      clientFor: async () => ({ server, sender: client }),
      files: { realPath: async (path) => path, read: async () => new Uint8Array() },
      processEnv: () => undefined,
      now: () => Date.now(),
      random: () => 0,
    },
  });
  for await (const event of events) if (event.kind === 'result') return event.result;
  throw new Error('The run ended without a result.');
}

// What hangs on a row goes before the row, and what is written stands before it is removed.
const order = ['list', 'one', 'count', 'query', 'other', 'create', 'update', 'delete'];
const inOrder = operations.toSorted(
  (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.kind === 'delete' ? b.path.length - a.path.length : 0),
);

for (const operation of inOrder) {
  test(`${operation.id} is composed, sent and answered in its documented shape, or the sandbox says why not`, async () => {
    const { answer, error, url } = await run(operation);
    assert.ok(answer, error?.message);
    const body = (await answer.body.json())?.json;
    if (answer.status === 501) {
      assert.match(JSON.stringify(body), /no source/);
      return;
    }
    if (operation.id === 'requestToken') {
      // A request file holds no credentials: the extension signs in by itself.
      assert.equal(answer.status, 401);
      return;
    }
    assert.ok(answer.status < 300, `${url} ${answer.status} ${await answer.body.text()}`);
    assert.equal(shapeProblem(operation, body, ids), undefined);
    if (operation.id === 'createTeacherCategories') spare = String((body as { id: number }[])[0]?.id);
  });
}

test('the walk goes over every operation of the catalog', () => {
  assert.equal(inOrder.length, 131);
});
