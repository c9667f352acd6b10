import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ExplainedError } from '../../../src/core/problem/explainedError.ts';
import { readJson } from '../../../src/core/powerschool/responseText.ts';
import { answer } from '../../support/faults.ts';
import { send, testClient, withServer } from '../../support/testClient.ts';

describe('a request', () => {
  test('asks for JSON and says who it is, unless its own headers do', async () => {
    await withServer(
      (socket) => answer(socket, { body: '{}' }),
      {},
      async (client, server) => {
        await send(client);
        assert.equal(server.requests[1]?.headers['accept'], 'application/json');
        await send(client, { headers: [['accept', 'application/xml']] });
        assert.equal(server.requests[2]?.headers['accept'], 'application/xml');
        await send(client, { method: 'post', body: '{"a":1}' });
        assert.equal(server.requests[3]?.method, 'POST');
        assert.equal(server.requests[3].headers['content-type'], 'application/json');
        assert.equal(server.requests[3].headers['content-length'], '7');
      },
    );
  });

  test('keeps one connection for one request after the other, the sign-in included', async () => {
    await withServer(
      (socket) => answer(socket, { body: '{"students":{}}' }),
      {},
      async (client, server) => {
        for (let i = 0; i < 20; i++) await readJson(await client.send({ method: 'GET', target: '/ws/v1/school' }));
        assert.equal(server.connections, 1);
        assert.equal(server.requests.length, 21);
      },
    );
  });

  test('opens a new connection when the server has closed the old one meanwhile', async () => {
    await withServer(
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
      {},
      async (client, server) => {
        for (let i = 0; i < 3; i++) {
          assert.equal(await send(client, { authorize: false, method: 'POST', body: '{}' }), 200);
          await server.quiet();
        }
        assert.equal(server.connections, 3);
      },
    );
  });

  test('measures its phases: the connection is paid for once', async () => {
    await withServer(
      (socket) => answer(socket, { body: '{}' }),
      {},
      async (client) => {
        const first = await client.send({ method: 'GET', target: '/ws/a', authorize: false });
        await readJson(first);
        const second = await client.send({ method: 'GET', target: '/ws/a', authorize: false });
        await readJson(second);
        assert.ok(first.timings.connect > 0);
        assert.ok(first.timings.wait > 0);
        assert.deepEqual([second.timings.dns, second.timings.connect, second.timings.tls], [0, 0, 0]);
      },
    );
  });

  test('gets gzip unpacked', async () => {
    const body = gzipSync('{"count":12}');
    await withServer(
      (socket) => answer(socket, { body, headers: { 'Content-Encoding': 'gzip' } }),
      {},
      async (client, server) => {
        assert.deepEqual(await readJson(await client.send({ method: 'GET', target: '/ws/a' })), { count: 12 });
        assert.match(server.requests[1]?.headers['accept-encoding'] ?? '', /gzip.*br/);
      },
    );
  });

  test('that cannot be sent says why', async () => {
    await withServer(
      (socket) => answer(socket),
      {},
      async (client, server) => {
        for (const request of [
          { target: 'https://' },
          { target: 'ftp://example.org/' },
          { headers: [['X-Bad', 'a\nb']] as const },
          { method: 'GE T' },
          { headers: [['Transfer-Encoding', 'chunked']] as const },
        ]) {
          await assert.rejects(
            send(client, { authorize: false, ...request }),
            { code: 'PS909' },
            JSON.stringify(request),
          );
        }
        assert.equal(server.requests.length, 0);
      },
    );
  });

  test('that is cancelled ends its socket at every stage', { timeout: 60_000 }, async () => {
    await withServer(
      (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{'),
      {},
      async (client, server) => {
        const waiting = new AbortController();
        const response = await client.send({ method: 'GET', target: '/ws/a', signal: waiting.signal });
        waiting.abort();
        await assert.rejects(readJson(response), { name: 'AbortError' });
        await server.quiet();
        await assert.rejects(send(client, { signal: AbortSignal.abort() }), { name: 'AbortError' });
      },
    );
    await withServer(
      () => {},
      {},
      async (client, server) => {
        const stop = new AbortController();
        const pending = send(client, { authorize: false, signal: stop.signal });
        while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
        stop.abort(new Error('enough'));
        await assert.rejects(pending, { message: 'enough' });
        await server.quiet();
      },
    );
  });
});

test('the process-wide dispatchers of undici are untouched by a send', async () => {
  const keys = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) => Symbol.for(name));
  const before = keys.map((key): unknown => Reflect.get(globalThis, key));
  await withServer(
    (socket) => answer(socket, { body: '{}' }),
    {},
    async (client) => {
      await send(client);
    },
  );
  assert.deepEqual(
    keys.map((key): unknown => Reflect.get(globalThis, key)),
    before,
  );
});

test('closing a client cancels what is under way and ends its sockets', { timeout: 60_000 }, async () => {
  await withServer(
    () => {},
    {},
    async (client, server) => {
      const pending = send(client, { authorize: false });
      while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
      await client.close();
      await assert.rejects(pending, { name: 'AbortError' });
      await server.quiet();
      await assert.rejects(send(client, { authorize: false }), { code: 'PS909' });
    },
  );
});

test('errors of a client are explained ones', async () => {
  const client = testClient({ origin: 'http://127.0.0.1:1' });
  const failure = await client.send({ method: 'GET', target: '/x', authorize: false }).catch((error: unknown) => error);
  assert.ok(failure instanceof ExplainedError);
  assert.equal(failure.cause, undefined);
});
