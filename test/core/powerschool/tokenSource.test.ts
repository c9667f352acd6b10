import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ExplainedError } from '../../../src/core/problem/explainedError.ts';
import type { PowerSchoolClient } from '../../../src/core/powerschool/client.ts';
import { answer } from '../../support/faults.ts';
import { startFaultServer, type FaultServer, type Play, type SeenRequest } from '../../support/faultServer.ts';
import { CREDENTIALS, SHORT, TestClock, testClient, TestSecrets } from '../../support/testClient.ts';

const TOKEN_PATH = '/oauth/access_token';

/** A PowerSchool that hands out token-1, token-2 … and accepts only those in `valid`; all when undefined. */
function district(
  options: { readonly valid?: ReadonlySet<string>; readonly refusal?: Play; readonly expiresIn?: unknown } = {},
): Play {
  let issued = 0;
  return (socket, request, number) => {
    if (request.path === TOKEN_PATH) {
      issued++;
      const body = JSON.stringify({
        access_token: `token-${issued}`,
        token_type: 'Bearer',
        expires_in: options.expiresIn ?? '2504956',
      });
      answer(socket, { body });
      return;
    }
    const token = request.headers['authorization']?.replace('Bearer ', '') ?? '';
    if (options.valid === undefined || options.valid.has(token)) answer(socket, { body: '{"students":{}}' });
    else if (options.refusal !== undefined) options.refusal(socket, request, number);
    else
      answer(socket, {
        status: 401,
        headers: { 'WWW-Authenticate': 'Bearer error="invalid_token",realm="PowerSchool"' },
      });
  };
}

/** Signs in only with the secret `right`. */
const onlyRight: Play = (socket, request, number) => {
  const right = Buffer.from('fernhill-client:right').toString('base64');
  if (request.path !== TOKEN_PATH || request.headers['authorization'] === `Basic ${right}`)
    district()(socket, request, number);
  else answer(socket, { status: 401, body: '{"error":"invalid_client"}' });
};

async function withDistrict(
  play: Play,
  options: Partial<Parameters<typeof testClient>[0]>,
  work: (client: PowerSchoolClient, server: FaultServer) => Promise<void>,
): Promise<void> {
  const server = await startFaultServer(play);
  const client = testClient({ origin: server.origin, ...options });
  try {
    await work(client, server);
  } finally {
    await client.close();
    await server.stop();
  }
}

function signIns(server: FaultServer): readonly SeenRequest[] {
  return server.requests.filter((request) => request.path === TOKEN_PATH);
}

async function get(client: PowerSchoolClient, signal?: AbortSignal): Promise<number> {
  const response = await client.send({ method: 'GET', target: '/ws/v1/school', signal });
  await response.dispose();
  return response.status;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return error instanceof ExplainedError ? error.code : String(error);
  }
}

describe('the exchange of Client ID and Secret', () => {
  test('sends Basic credentials and a form body, and asks for JSON', async () => {
    await withDistrict(district(), {}, async (client, server) => {
      await get(client);
      const [request] = signIns(server);
      const basic = Buffer.from(`${CREDENTIALS.clientId}:${CREDENTIALS.clientSecret}`).toString('base64');
      assert.equal(request?.method, 'POST');
      assert.equal(request.headers['authorization'], `Basic ${basic}`);
      assert.equal(request.headers['content-type'], 'application/x-www-form-urlencoded;charset=UTF-8');
      assert.equal(request.headers['accept'], 'application/json');
      assert.equal(request.body, 'grant_type=client_credentials');
      assert.equal(server.requests[1]?.headers['authorization'], 'Bearer token-1');
    });
  });

  for (const [expiresIn, seconds] of [
    ['2504956', 2504956],
    [3600, 3600],
  ] as const) {
    test(`reads expires_in as ${typeof expiresIn}`, async () => {
      const secrets = new TestSecrets();
      const clock = new TestClock();
      await withDistrict(district({ expiresIn }), { secrets, clock }, async (client) => {
        await get(client);
        assert.equal(secrets.keptToken?.expiresAt, clock.time + seconds * 1000);
      });
    });
  }

  test('200 requests after the token has expired cause one sign-in', async () => {
    const clock = new TestClock();
    const secrets = new TestSecrets(CREDENTIALS, { value: 'token-0', expiresAt: clock.time - 1 });
    await withDistrict(district(), { secrets, clock, concurrency: 50 }, async (client, server) => {
      const statuses = await Promise.all(Array.from({ length: 200 }, () => get(client)));
      assert.deepEqual(new Set(statuses), new Set([200]));
      assert.equal(signIns(server).length, 1);
      assert.equal(server.requests.length, 201);
    });
  });

  test('200 requests whose token the server no longer knows cause one sign-in', async () => {
    const clock = new TestClock();
    const secrets = new TestSecrets(CREDENTIALS, { value: 'token-0', expiresAt: clock.time + 1e9 });
    const valid = new Set(['token-1']);
    await withDistrict(district({ valid }), { secrets, clock, concurrency: 50 }, async (client, server) => {
      const statuses = await Promise.all(Array.from({ length: 200 }, () => get(client)));
      assert.deepEqual(new Set(statuses), new Set([200]));
      assert.equal(signIns(server).length, 1);
    });
  });

  test('a kept token is used without a sign-in', async () => {
    const clock = new TestClock();
    const secrets = new TestSecrets(CREDENTIALS, { value: 'kept', expiresAt: clock.time + 1e9 });
    await withDistrict(district({ valid: new Set(['kept']) }), { secrets, clock }, async (client, server) => {
      assert.equal(await get(client), 200);
      assert.equal(signIns(server).length, 0);
    });
  });

  test('a token is renewed before its end, not after', async () => {
    const clock = new TestClock();
    const secrets = new TestSecrets();
    await withDistrict(district({ expiresIn: 3600 }), { secrets, clock }, async (client, server) => {
      await get(client);
      clock.time += 3530 * 1000;
      await get(client);
      assert.equal(signIns(server).length, 1);
      clock.time += 20 * 1000;
      await get(client);
      assert.equal(signIns(server).length, 2);
    });
  });

  test(
    'one that leaves the line does not stop the others; when all leave, the sign-in ends',
    { timeout: 60_000 },
    async () => {
      let release: (() => void) | undefined;
      const slow: Play = (socket, request, number) => {
        if (request.path === TOKEN_PATH) release = () => district()(socket, request, number);
        else answer(socket, { body: '{}' });
      };
      await withDistrict(slow, {}, async (client, server) => {
        const leaving = new AbortController();
        const first = get(client, leaving.signal);
        const second = get(client);
        while (signIns(server).length === 0) await new Promise((resolve) => setImmediate(resolve));
        leaving.abort();
        await assert.rejects(first, { name: 'AbortError' });
        release?.();
        assert.equal(await second, 200);

        await client.tokens.forget();
        const alone = new AbortController();
        const third = get(client, alone.signal);
        while (signIns(server).length < 2) await new Promise((resolve) => setImmediate(resolve));
        alone.abort();
        await assert.rejects(third, { name: 'AbortError' });
      });
    },
  );

  test('Forget Token signs in anew', async () => {
    const secrets = new TestSecrets();
    await withDistrict(district(), { secrets }, async (client, server) => {
      await get(client);
      await client.tokens.forget();
      assert.equal(secrets.keptToken, undefined);
      await get(client);
      assert.equal(signIns(server).length, 2);
    });
  });
});

describe('a 401 on a request', () => {
  test('is answered by one renewal and one repetition, for a write too', async () => {
    const secrets = new TestSecrets(CREDENTIALS, { value: 'old', expiresAt: Number.MAX_SAFE_INTEGER });
    await withDistrict(district({ valid: new Set(['token-1']) }), { secrets }, async (client, server) => {
      const response = await client.send({ method: 'POST', target: '/ws/v1/student', body: '{"students":{}}' });
      assert.equal(response.status, 200);
      assert.deepEqual(
        server.requests.map((request) => request.path),
        ['/ws/v1/student', TOKEN_PATH, '/ws/v1/student'],
      );
      assert.equal(server.requests[2]?.body, '{"students":{}}');
    });
  });

  test('is handed out after one renewal that did not help, and the server is not asked for tokens again and again', async () => {
    await withDistrict(district({ valid: new Set() }), {}, async (client, server) => {
      for (let i = 0; i < 5; i++) assert.equal(await get(client), 401);
      assert.ok(signIns(server).length <= 2, `${signIns(server).length} sign-ins`);
    });
  });

  test('that lacks accessLevelV1Api is handed out without a renewal', async () => {
    const body = '{"errorMessage":{"message":"Plugin is missing required accessLevelV1Api READ permission"}}';
    const refusal: Play = (socket) => answer(socket, { status: 401, body });
    await withDistrict(district({ valid: new Set(), refusal }), {}, async (client, server) => {
      assert.equal(await get(client), 401);
      assert.equal(signIns(server).length, 1);
      assert.equal(server.requests.length, 2);
    });
  });
});

describe('a failed sign-in', () => {
  const refusals: readonly (readonly [string, Play, string])[] = [
    ['wrong credentials', (socket) => answer(socket, { status: 401, body: '{"error":"invalid_client"}' }), 'PS941'],
    [
      'a wrong grant type',
      (socket) => answer(socket, { status: 400, body: '{"error":"unsupported_grant_type"}' }),
      'PS942',
    ],
    ['an answer without a token', (socket) => answer(socket, { body: '{"hello":1}' }), 'PS943'],
    [
      'a server that is not PowerSchool',
      (socket) => answer(socket, { status: 404, body: 'nothing', type: 'text/plain' }),
      'PS944',
    ],
    ['a busy server', (socket) => answer(socket, { status: 503 }), 'PS945'],
    ['a web page', (socket) => answer(socket, { body: '<html></html>', type: 'text/html' }), 'PS985'],
    [
      'maintenance',
      (socket) => answer(socket, { status: 302, headers: { Location: 'https://message.powerschool.com/?server=x' } }),
      'PS936',
    ],
    [
      'another server',
      (socket) => answer(socket, { status: 302, headers: { Location: 'https://elsewhere.example.org/' } }),
      'PS939',
    ],
    ['silence', () => {}, 'PS905'],
    ['a lost connection', (socket) => socket.destroy(), 'PS902'],
  ];
  test('shows no secret that the server repeats, also where its words are cut off', async () => {
    const words = `${'x'.repeat(1940)} ${CREDENTIALS.clientSecret}`;
    const body = JSON.stringify({ error: 'invalid_request', error_description: words });
    await withDistrict(
      (socket) => answer(socket, { status: 400, body }),
      {},
      async (client) => {
        await assert.rejects(client.tokens.current(), (error: ExplainedError) => {
          const shown = JSON.stringify([error.message, error.detail]);
          assert.ok(shown.includes('***') && !shown.includes(CREDENTIALS.clientSecret.slice(0, 6)), shown);
          return true;
        });
      },
    );
  });

  for (const [name, play, code] of refusals) {
    test(`by ${name} is ${code}`, { timeout: 60_000 }, async () => {
      await withDistrict(play, name === 'silence' ? { timeouts: SHORT } : {}, async (client) => {
        assert.equal(await codeOf(client.tokens.current()), code);
      });
    });
  }

  test('without credentials is PS940, and no request is sent', async () => {
    const secrets = new TestSecrets();
    secrets.kept = undefined;
    await withDistrict(district(), { secrets }, async (client, server) => {
      assert.equal(await codeOf(get(client)), 'PS940');
      assert.equal(server.requests.length, 0);
    });
  });

  test('with wrong credentials is not repeated at once, until the credentials change', async () => {
    const secrets = new TestSecrets();
    await withDistrict(onlyRight, { secrets }, async (client, server) => {
      for (let i = 0; i < 10; i++) assert.equal(await codeOf(get(client)), 'PS941');
      assert.equal(signIns(server).length, 1);
      secrets.kept = { clientId: 'fernhill-client', clientSecret: 'right' };
      assert.equal(await get(client), 200);
    });
  });
});
