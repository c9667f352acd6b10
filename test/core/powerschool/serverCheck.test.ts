import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkServer, type CheckStep, type ServerFacts } from '../../../src/core/powerschool/serverCheck.ts';
import { answer } from '../../support/faults.ts';
import { startFaultServer, type Play } from '../../support/faultServer.ts';
import { makeCertificate } from '../../support/testCertificates.ts';
import { testClient, TestSecrets, type TestClientOptions } from '../../support/testClient.ts';

interface Outcome {
  /** `step state` or `step code`, in order, without `running`. */
  readonly steps: readonly string[];
  readonly passed: boolean;
  readonly facts: ServerFacts;
}

async function check(options: TestClientOptions): Promise<Outcome> {
  const client = testClient(options);
  const turns: CheckStep[] = [];
  for await (const turn of checkServer(client)) turns.push(turn);
  await client.close();
  const last = turns.at(-1);
  assert.ok(last?.kind === 'end');
  const steps = turns.flatMap((turn) => {
    if (turn.kind === 'end' || turn.state === 'running') return [];
    return [`${turn.step} ${turn.state === 'failed' ? turn.problem.code : turn.state}`];
  });
  return { steps, passed: last.passed, facts: last.facts };
}

/** A district as it should be, but for the paths in `changed`. */
function district(changed: Readonly<Record<string, Play>> = {}): Play {
  return (socket, request, number) => {
    const change = changed[request.path];
    const known = request.headers['authorization'] === 'Bearer good';
    if (change !== undefined) change(socket, request, number);
    else if (request.path === '/oauth/access_token')
      answer(socket, { body: '{"access_token":"good","expires_in":"99"}' });
    else if (request.path === '/ws/v1/metadata') {
      const plugin = known ? { plugin_id: 41 } : {};
      const metadata = {
        powerschool_version: '25.9.0.0',
        student_max_page_size: 100,
        school_max_page_size: '50',
        ...plugin,
      };
      answer(socket, { body: JSON.stringify({ metadata }) });
    } else if (!known) answer(socket, { status: 401 });
    else if (request.path === '/ws/v1/district') answer(socket, { body: '{"district":{"name":"Fernhill"}}' });
    else if (request.path === '/ws/schema/table/students/count') answer(socket, { body: '{"count":1284}' });
    else answer(socket, { status: 404 });
  };
}

async function checkDistrict(play: Play, options: Partial<TestClientOptions> = {}): Promise<Outcome> {
  const server = await startFaultServer(play);
  try {
    return await check({ origin: server.origin, ...options });
  } finally {
    await server.stop();
  }
}

const SKIPPED_AFTER_TOKEN = ['plugin skipped', 'v1Access skipped', 'table skipped'];
const REACHED = ['nameLookup passed', 'connection passed', 'tls skipped'];

describe('the check of a server', () => {
  test('passes every step and tells version, plugin, level and page limits', async () => {
    const { steps, passed, facts } = await checkDistrict(district());
    assert.deepEqual(steps, [...REACHED, 'token passed', 'plugin passed', 'v1Access passed', 'table passed']);
    assert.ok(passed);
    assert.deepEqual(facts, {
      version: '25.9.0.0',
      pluginId: '41',
      v1Level: 'READ',
      tables: true,
      maxPageSizes: { student: 100, school: 50 },
    });
  });

  test('names the look-up when the name is unknown', async () => {
    const { steps, passed } = await check({ origin: 'https://no-such-district.invalid' });
    assert.deepEqual(steps.slice(0, 3), ['nameLookup PS900', 'connection skipped', 'tls skipped']);
    assert.equal(steps.length, 7);
    assert.ok(!passed);
  });

  test('names the connection when nobody listens', async () => {
    const { steps } = await check({ origin: 'http://127.0.0.1:1' });
    assert.deepEqual(steps.slice(0, 3), ['nameLookup passed', 'connection PS901', 'tls skipped']);
  });

  test('names TLS when the certificate is not trusted', async () => {
    const server = await startFaultServer(district(), {
      tls: makeCertificate({ commonName: 'x', names: ['127.0.0.1'] }),
    });
    const { steps } = await check({ origin: server.origin });
    assert.deepEqual(steps.slice(0, 4), ['nameLookup passed', 'connection passed', 'tls PS910', 'token skipped']);
    await server.stop();
  });

  test('names the connection when the server is no PowerSchool or is in maintenance', async () => {
    assert.ok(
      (await checkDistrict((socket) => answer(socket, { body: '<html></html>', type: 'text/html' }))).steps.includes(
        'connection PS985',
      ),
    );
    const Location = 'https://message.powerschool.com/?server=x';
    const { steps } = await checkDistrict((socket) => answer(socket, { status: 302, headers: { Location } }));
    assert.ok(steps.includes('connection PS936'), steps.join());
  });

  test('names the token when the credentials are wrong', async () => {
    const { steps } = await checkDistrict(
      district({
        '/oauth/access_token': (socket) => answer(socket, { status: 401, body: '{"error":"invalid_client"}' }),
      }),
    );
    assert.deepEqual(steps, [...REACHED, 'token PS941', ...SKIPPED_AFTER_TOKEN]);
  });

  test('names the plugin when metadata is 200 but does not know the token', async () => {
    const { steps } = await checkDistrict(
      district({
        '/oauth/access_token': (socket) => answer(socket, { body: '{"access_token":"unknown","expires_in":"99"}' }),
      }),
    );
    assert.deepEqual(steps, [...REACHED, 'token passed', 'plugin PS987', 'v1Access skipped', 'table skipped']);
  });

  test('signs in once more when a kept token has died unnoticed', async () => {
    const secrets = new TestSecrets(undefined, { value: 'dead', expiresAt: Number.MAX_SAFE_INTEGER });
    const { passed } = await checkDistrict(district(), { secrets });
    assert.ok(passed);
    assert.equal(secrets.keptToken?.value, 'good');
  });

  test('names the v1 level when the plugin has none, and goes on to the table', async () => {
    const body = '{"errorMessage":{"message":"Plugin is missing required accessLevelV1Api READ permission"}}';
    const { steps, passed, facts } = await checkDistrict(
      district({ '/ws/v1/district': (socket) => answer(socket, { status: 401, body }) }),
    );
    assert.deepEqual(steps.slice(4), ['plugin passed', 'v1Access PS947', 'table passed']);
    assert.deepEqual([passed, facts.v1Level, facts.tables], [false, 'NONE', true]);
  });

  test('names the table when the table API refuses', async () => {
    const { steps, facts } = await checkDistrict(
      district({
        '/ws/schema/table/students/count': (socket) => answer(socket, { status: 403, body: '{"message":"No"}' }),
      }),
    );
    assert.equal(steps.at(-1), 'table PS952');
    assert.equal(facts.tables, false);
  });

  test('ends with the reason of a cancel', async () => {
    const server = await startFaultServer(() => {});
    const client = testClient({ origin: server.origin });
    const signal = AbortSignal.abort();
    await assert.rejects(
      async () => {
        for await (const turn of checkServer(client, { signal })) assert.notEqual(turn.kind, 'end');
      },
      { name: 'AbortError' },
    );
    await client.close();
    await server.stop();
  });
});
