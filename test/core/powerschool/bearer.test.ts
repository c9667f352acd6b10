import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LogLine } from '../../../src/core/http/logLine.ts';
import { answer } from '../../support/faults.ts';
import { startFaultServer } from '../../support/faultServer.ts';
import { CREDENTIALS, paths, send, TestClock, withServer } from '../../support/testClient.ts';

describe('the token', () => {
  test('never goes to another origin', async () => {
    const other = await startFaultServer((socket) => answer(socket, { body: '{}' }));
    await withServer(
      (socket) => answer(socket, { body: '{}' }),
      {},
      async (client, server) => {
        await send(client);
        assert.equal(await send(client, { target: `${other.origin}/hook` }), 200);
        assert.equal(other.requests[0]?.headers['authorization'], undefined);
        // Another port, another scheme and `//host` are another origin or stay here.
        await send(client, { target: `//127.0.0.1:${other.port}/x` });
        assert.equal(other.requests.length, 1);
        assert.equal(paths(server).at(-1), `/127.0.0.1:${other.port}/x`);
      },
    );
    await other.stop();
  });

  test('is not carried there by hand either', async () => {
    const other = await startFaultServer((socket) => answer(socket, { body: '{}' }));
    await withServer(
      (socket) => answer(socket, { body: '{}' }),
      {},
      async (client) => {
        await send(client);
        const basic = Buffer.from(`${CREDENTIALS.clientId}:${CREDENTIALS.clientSecret}`).toString('base64');
        const target = `${other.origin}/hook`;
        for (const request of [
          { target, headers: [['Authorization', 'Bearer token-0815-4711']] as const },
          { target, headers: [['Authorization', `Basic ${basic}`]] as const },
          { target: `${target}?key=token-0815-4711` },
          { target, method: 'POST', body: JSON.stringify({ secret: CREDENTIALS.clientSecret }) },
        ]) {
          await assert.rejects(send(client, request), { code: 'PS949' });
        }
        assert.equal(await send(client, { target, headers: [['Authorization', 'Bearer of-the-other']] }), 200);
        assert.equal(other.requests.length, 1);
      },
    );
    await other.stop();
  });

  test('stays behind when a redirect leads to another origin, and the redirect is not followed', async () => {
    const other = await startFaultServer((socket) => answer(socket, { body: '{}' }));
    await withServer(
      (socket) => answer(socket, { status: 302, headers: { Location: `${other.origin}/x` } }),
      {},
      async (client) => {
        assert.equal(await send(client), 302);
        assert.equal(other.requests.length, 0);
      },
    );
    await other.stop();
  });

  test('goes along with redirects inside the server', async () => {
    await withServer(
      (socket, request) => {
        if (request.path === '/ws/new') answer(socket, { body: '{}' });
        else answer(socket, { status: 301, headers: { Location: 'new' } });
      },
      {},
      async (client, server) => {
        const response = await client.send({ method: 'GET', target: '/ws/old' });
        assert.equal(response.status, 200);
        assert.equal(response.url.pathname, '/ws/new');
        assert.equal(server.requests.at(-1)?.headers['authorization'], 'Bearer token-0815-4711');
      },
    );
  });

  test('is in no log line, no error and no shown header', async () => {
    const lines: LogLine[] = [];
    await withServer(
      (socket, request) => {
        // A server that echoes what it should not.
        answer(socket, { status: 500, body: `{"message":"${request.headers['authorization'] ?? ''}"}` });
      },
      { log: (line) => lines.push(line), clock: new TestClock() },
      async (client) => {
        const response = await client.send({ method: 'GET', target: '/ws/a?access_token=token-0815-4711' });
        const shown = JSON.stringify([lines, response.sentHeaders]);
        assert.ok(lines.length > 2);
        assert.ok(!shown.includes('token-0815-4711'), shown);
        assert.ok(!shown.includes(CREDENTIALS.clientSecret), shown);
        assert.ok(!shown.includes(Buffer.from(`${CREDENTIALS.clientId}:`).toString('base64').slice(0, 12)), shown);
        assert.deepEqual(
          response.sentHeaders.find(([name]) => name === 'Authorization'),
          ['Authorization', 'Bearer ***'],
        );
      },
    );
  });
});
