import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import {
  historyEntry,
  readHistoryEntry,
  sentRequestOf,
  type HistoryEntry,
} from '../../../src/core/history/historyEntry.ts';
import { createClient } from '../../../src/core/powerschool/createClient.ts';
import { movedTo, sendAgain } from '../../../src/core/run/sentRequest.ts';
import type { RunPorts, WriteQuestion } from '../../../src/core/run/ports.ts';
import type { RunResult } from '../../../src/core/run/runResult.ts';
import type { Server } from '../../../src/core/powerschool/server.ts';
import { headerValues, sendJson, startRecordingServer, type RecordingServer } from '../../support/recordingServer.ts';
import { environmentOf, plainSender, runText, TEST_TOKEN, type RunSetting } from '../../support/requestRunner.ts';

let server: RecordingServer;
let other: RecordingServer;
let transport: Transport;

before(async () => {
  server = await startRecordingServer((_, response) =>
    sendJson(response, { students: { student: [{ id: 1 }, { id: 2 }] } }),
  );
  other = await startRecordingServer((_, response) => sendJson(response, { students: { student: [{ id: 3 }] } }));
  transport = await createUndiciTransport();
});

after(async () => {
  await transport.close();
  await server.stop();
  await other.stop();
});

beforeEach(() => {
  server.requests.length = 0;
  other.requests.length = 0;
});

async function result(text: string, setting: Partial<RunSetting> = {}): Promise<RunResult> {
  const [first] = await runText(text, { transport, origin: server.origin, ...setting });
  assert.ok(first);
  return first;
}

async function entryOf(text: string, setting: Partial<RunSetting> = {}): Promise<HistoryEntry> {
  const entry = historyEntry(await result(text, setting), { id: '00000000000001-a', title: 'x', source: undefined });
  assert.ok(entry);
  return entry;
}

describe('an entry of the history', () => {
  test('tells what was sent, to which server, and what came', async () => {
    const entry = await entryOf('GET /ws/v1/district/student?q=name.last_name==Ng\nX-Case: a\n');
    assert.equal(entry.server?.origin, server.origin);
    assert.equal(entry.url, `${server.origin}/ws/v1/district/student?q=name.last_name==Ng`);
    assert.deepEqual(entry.headers, [['X-Case', 'a']]);
    assert.equal(entry.answer?.status, 200);
    assert.equal(entry.answer?.records, 2);
    assert.equal(entry.whole, true);
    assert.deepEqual(readHistoryEntry(JSON.parse(JSON.stringify(entry))), JSON.parse(JSON.stringify(entry)));
  });

  test('no credential and no body of an answer is in it', async () => {
    const entry = await entryOf(
      'GET /ws/v1/district?access_token=qwertyuiop\nAuthorization: Basic dXNlcjpwYXNzd29yZA==\nX-Api-Key: {{$processEnv KEY}}\nX-Other: {{hidden}} {{$prompt The secret}}\n',
      {
        ports: { processEnv: () => 'k-from-environment', prompt: () => Promise.resolve('s-from-question') },
        environments: [environmentOf({ $shared: { hidden: 'v-from-private' } }, 'http-client.private.env.json')],
      },
    );
    const text = JSON.stringify(entry);
    for (const secret of ['qwertyuiop', 'dXNlcjpwYXNzd29yZA', 'k-from', 'v-from', 's-from', TEST_TOKEN, 'student'])
      assert.ok(!text.includes(secret), `${secret} in ${text}`);
    assert.equal(entry.whole, false);
    assert.equal(sentRequestOf(entry), undefined);
  });

  test('a private value is in it nowhere, whatever signs it has and wherever the server repeats it', async () => {
    const echo = await startRecordingServer((request, response) => {
      const moved = request.url.startsWith('/moved');
      const again = { Location: `/moved${request.url}`, 'X-Echo': encodeURIComponent(secret) };
      sendJson(response, { message: secret }, moved ? 400 : 302, again);
    });
    const secret = 'p@ss wörd/"1"';
    const text =
      '/ws/v1/x?key={{hidden}}&a=1\nX-Other: {{hidden}}\nContent-Type: application/x-www-form-urlencoded\n\nb={{hidden}}\n';
    const echoServer = { id: 'e', name: 'Echo', origin: echo.origin, kind: 'test' } as const;
    const token = { value: TEST_TOKEN, expiresAt: Infinity };
    const client = createClient({
      server: echoServer,
      secrets: {
        credentials: () => Promise.resolve({ clientId: 'kit', clientSecret: 'not-asked-for' }),
        token: () => Promise.resolve(token),
        storeToken: () => Promise.resolve(),
      },
    });
    try {
      for (const method of ['GET', 'POST']) {
        const entry = await entryOf(`${method} ${text}`, {
          origin: echo.origin,
          environments: [environmentOf({ $shared: { hidden: secret } }, 'http-client.private.env.json')],
          ports: { clientFor: () => Promise.resolve({ server: echoServer, sender: client }) },
        });
        const kept = JSON.stringify(entry);
        assert.doesNotMatch(kept, /p(?:@|%40)ss|ss(?:%20|\+| )w|rd(?:\/|%2F)/i, kept);
        assert.equal(entry.answer?.status, method === 'GET' ? 400 : 302);
      }
    } finally {
      await client.close();
      await echo.stop();
    }
  });

  test('the body of a PowerQuery is kept, that of a write is not', async () => {
    const query = await entryOf('POST /ws/schema/query/org.example.q\n\n{"schoolid": "3"}\n');
    assert.equal(query.body, '{"schoolid": "3"}');
    assert.equal(query.whole, true);
    const write = await entryOf('POST /ws/v1/student\n\n{"students": {"student": {"name": "Ada"}}}\n');
    assert.equal(write.body, undefined);
    assert.equal(write.whole, false);
    assert.ok(!JSON.stringify(write).includes('Ada'));
  });

  test('nothing is remembered of a request that was not sent', async () => {
    const words = { id: '00000000000001-a', title: 'x', source: undefined };
    assert.equal(historyEntry(await result('GET /ws/{{missing}}\n'), words), undefined);
    const declined = await result('DELETE /ws/v1/student/1\n', {
      ports: { confirmWrite: () => Promise.resolve(false) },
    });
    assert.equal(historyEntry(declined, words), undefined);
  });

  test('a request without an answer is remembered with its code', async () => {
    const gone = await startRecordingServer();
    await gone.stop();
    const entry = await entryOf('GET /ws/v1/district\n', { origin: gone.origin });
    assert.equal(entry.answer, undefined);
    assert.match(entry.error?.code ?? '', /^PS9/);
  });
});

/** An editor without servers, whose user answers every question about a write. */
function ports(asked: WriteQuestion[] = [], answer = true): RunPorts {
  return {
    clientFor: () => Promise.resolve(undefined),
    files: { realPath: (file) => Promise.resolve(file), read: () => Promise.reject(new Error('no file')) },
    processEnv: () => undefined,
    confirmWrite: (question) => {
      asked.push(question);
      return Promise.resolve(answer);
    },
    now: () => 0,
    random: () => 0,
  };
}

function target(origin: string): Server {
  return { id: 'other', name: 'other', origin, kind: 'production' };
}

describe('sending again', () => {
  test('the same request goes out, with the token of the server it goes to', async () => {
    const text =
      'POST /ws/schema/query/org.example.q?pagesize=5\nX-Case: a\n\n{"name": "{{x}}"}\n###\n@x = {{$randomInt 5 6}}\n';
    const entry = await entryOf(text);
    const request = sentRequestOf(entry);
    assert.ok(request?.server);
    const again = await sendAgain(
      { server: request.server, sender: plainSender(transport) },
      { request, title: 'x', ports: ports() },
    );
    const [first, second] = server.requests;
    assert.equal(again.outcome, 'passed');
    assert.equal(second?.body.toString(), first?.body.toString());
    assert.equal(second?.url, first?.url);
    assert.deepEqual(second?.headers, first?.headers);
  });

  test('on another server it asks there, and an address elsewhere stays without the token', async () => {
    const { sent } = await result('GET /ws/v1/district/student?page=1\n');
    assert.ok(sent);
    const moved = movedTo(sent, target(other.origin));
    assert.ok(moved);
    const again = await sendAgain(
      { server: target(other.origin), sender: plainSender(transport) },
      { request: moved, title: 'x', ports: ports() },
    );
    assert.equal(again.answer?.records, 1);
    assert.deepEqual(headerValues(other.requests[0], 'authorization'), [`Bearer ${TEST_TOKEN}`]);
    const foreign = { ...sent, url: new URL(`${server.origin}/elsewhere`), server: target(other.origin) };
    await sendAgain(
      { server: target(other.origin), sender: plainSender(transport) },
      { request: foreign, title: 'x', ports: ports() },
    );
    assert.deepEqual(headerValues(server.requests.at(-1), 'authorization'), []);
  });

  test('a credential of its own stays with the first address', async () => {
    const { sent } = await result('GET /ws/v1/district\nAuthorization: Basic dXNlcjpwYXNzd29yZA==\nX-Case: a\n');
    assert.ok(sent);
    const moved = movedTo(sent, target(other.origin));
    assert.deepEqual(moved?.headers, [['X-Case', 'a']]);
    assert.deepEqual(movedTo(sent, target(server.origin))?.headers, sent.headers);
    const setting = { ports: { processEnv: () => 'k-from-environment' } };
    for (const text of [
      'GET /ws/v1/district?x={{$processEnv KEY}}\n',
      'GET /ws/v1/district\nX-Key: {{$processEnv KEY}}\n',
      'POST /ws/v1/student\n\n{"password": "hunter22"}\n',
    ]) {
      const secret = await result(text, setting);
      assert.ok(secret.sent);
      assert.equal(movedTo(secret.sent, target(other.origin)), undefined, text);
    }
  });

  test('a write asks before it is sent again', async () => {
    const { sent } = await result('PUT /ws/v1/student\n\n{"students": 1}\n');
    assert.ok(sent?.server);
    server.requests.length = 0;
    const asked: WriteQuestion[] = [];
    const again = await sendAgain(
      { server: sent.server, sender: plainSender(transport) },
      { request: sent, title: 'x', ports: ports(asked, false) },
    );
    assert.equal(asked[0]?.method, 'PUT');
    assert.equal(again.error?.code, 'PS576');
    assert.equal(server.requests.length, 0);
  });

  test('a value that was secret stays so', async () => {
    const setting = { ports: { processEnv: () => 'k-from-environment' } };
    const { sent } = await result('GET /ws/v1/district?x={{$processEnv KEY}}\n', setting);
    assert.ok(sent?.server);
    const again = await sendAgain(
      { server: sent.server, sender: plainSender(transport) },
      { request: sent, title: 'x', ports: ports() },
    );
    assert.ok(server.requests.at(-1)?.url.includes('k-from-environment'));
    assert.ok(!again.url.includes('k-from'));
    const entry = historyEntry(again, { id: '00000000000001-a', title: 'x', source: undefined });
    assert.ok(!JSON.stringify(entry).includes('k-from'));
  });
});
