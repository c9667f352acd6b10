import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { NO_FAULTS } from '../../src/sandbox/control/faultSettings.ts';
import { ApiCaller } from './apiCaller.ts';

let api: ApiCaller;
before(async () => {
  api = await ApiCaller.start({ students: 60 });
});
after(() => api.stop());

/** Sets faults for the length of `work`. */
async function withFaults(faults: object, work: () => Promise<void>): Promise<void> {
  await api.token();
  assert.equal((await api.control('PATCH', '', faults)).status, 200);
  try {
    await work();
  } finally {
    const off = { ...NO_FAULTS };
    await api.control('PATCH', '', off);
  }
}

test('the control endpoint needs the key of this start', async () => {
  assert.equal((await api.raw('GET', '/sandbox/control')).status, 404);
  assert.equal((await api.raw('GET', '/sandbox/control', { 'X-Sandbox-Key': 'guess' })).status, 404);
  assert.equal((await api.control('GET')).status, 200);
});

test('the control endpoint tells faults, counts and plugins', async () => {
  const own = await ApiCaller.start({ students: 5, faults: { slowBody: 1 }, latency: 2 });
  try {
    await own.get('/ws/v1/school/1');
    const state = (await own.control('GET')).json as unknown as {
      faults: object;
      counts: { connections: number; calls: number; tokenRequests: number };
      plugins: { clientId: string }[];
    };
    assert.deepEqual(state.faults, { ...NO_FAULTS, latency: 2, slowBody: 1 });
    assert.equal(state.counts.calls, 2);
    assert.equal(state.counts.tokenRequests, 1);
    assert.ok(state.counts.connections >= 1);
    assert.equal(state.plugins[0]?.clientId, own.sandbox.clientId);
  } finally {
    await own.stop();
  }
});

test('a fault that does not exist or cannot be is refused', async () => {
  for (const faults of [
    { shoes: 1 },
    { latency: -1 },
    { errorRate: 1.5 },
    { busyRate: -1 },
    { resetRate: 'often' },
    { maintenance: 'soon' },
    [],
    null,
  ]) {
    assert.equal((await api.control('PATCH', '', faults)).status, 400, JSON.stringify(faults));
  }
});

test('latency delays every call', async () => {
  await withFaults({ latency: 80 }, async () => {
    const start = performance.now();
    await api.get('/ws/v1/school/1');
    assert.ok(performance.now() - start >= 79);
  });
});

test('an error rate of 1 fails every call with 500, the token request excepted', async () => {
  await withFaults({ errorRate: 1 }, async () => {
    const answer = await api.get('/ws/v1/school/1');
    assert.equal(answer.status, 500);
    assert.equal(typeof answer.json.errorMessage.message, 'string');
    assert.equal((await api.get('/ws/schema/table')).status, 500);
    assert.equal((await api.signIn()).status, 200);
  });
});

test('a busy server answers 503 and says when to come again, the token request excepted', async () => {
  await withFaults({ busyRate: 1 }, async () => {
    const answer = await api.get('/ws/v1/school/1');
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '120']);
    assert.equal((await api.signIn()).status, 200);
  });
});

test('a connection can be reset before the answer, that of the token request excepted', async () => {
  await withFaults({ resetRate: 1 }, async () => {
    await assert.rejects(api.get('/ws/v1/school/1'), (error: Error) =>
      /ECONNRESET|closed/.test(String((error.cause as { code?: string } | undefined)?.code ?? error.cause)),
    );
    assert.equal((await api.signIn()).status, 200);
  });
});

test('an error rate between 0 and 1 fails some calls', async () => {
  await withFaults({ errorRate: 0.5 }, async () => {
    const statuses = new Set<number>();
    for (let call = 0; call < 40; call++) statuses.add((await api.get('/ws/v1/time')).status);
    assert.deepEqual(statuses, new Set([200, 500]));
  });
});

test('maintenance is a 302 to the message server, for sign-in too', async () => {
  await withFaults({ maintenance: 'redirect' }, async () => {
    const { host } = new URL(api.sandbox.url);
    const location = `https://message.powerschool.com/?server=${encodeURIComponent(host)}`;
    for (const answer of [await api.get('/ws/v1/school/1'), await api.signIn()]) {
      assert.equal(answer.status, 302);
      assert.equal(answer.headers.get('location'), location);
    }
  });
});

test('a client that followed sees an HTML page with status 200', async () => {
  await withFaults({ maintenance: 'page' }, async () => {
    const answer = await api.get('/ws/v1/school/1');
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(answer.text, /<title>PowerSc/);
  });
});

test('a slow body arrives whole, in pieces over the given time', async () => {
  const fast = await api.get('/ws/v1/district/student');
  await withFaults({ slowBody: 120 }, async () => {
    const start = performance.now();
    const slow = await api.get('/ws/v1/district/student');
    assert.ok(performance.now() - start >= 100);
    assert.equal(slow.text, fast.text);
  });
});

test('a caller who goes away while waiting disturbs nobody', async () => {
  await withFaults({ latency: 300, slowBody: 300 }, async () => {
    const controller = new AbortController();
    const headers = { Authorization: `Bearer ${await api.token()}` };
    const gone = fetch(`${api.sandbox.url}/ws/v1/school/1`, { headers, signal: controller.signal });
    controller.abort();
    await assert.rejects(gone);
  });
  assert.equal((await api.get('/ws/v1/school/1')).status, 200);
});

test('a second call inside the minimum interval is refused and tells the seconds to wait', async () => {
  await withFaults({ minimumInterval: 60_000 }, async () => {
    assert.equal((await api.get('/ws/v1/school/1')).status, 200);
    const second = await api.get('/ws/v1/school/1');
    assert.equal(second.status, 429);
    assert.match(second.json.errorMessage.message, /Wait \d+ second\(s\)/);
    assert.ok(Number(second.headers.get('retry-after')) > 0);
  });
  assert.equal((await api.get('/ws/v1/school/1')).status, 200);
});

test('an interval of 0 turns the limit off', async () => {
  assert.equal((await api.get('/ws/v1/school/1')).status, 200);
  assert.equal((await api.get('/ws/v1/school/1')).status, 200);
});

test('the server listens on the loopback address only', async () => {
  assert.match(api.sandbox.url, /^http:\/\/127\.0\.0\.1:\d+$/);
});
