import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answer } from '../../support/faults.ts';
import { paths, send, TestClock, withServer } from '../../support/testClient.ts';

describe('a read that meets a busy server', () => {
  for (const status of [429, 502, 503, 504]) {
    test(`is repeated after ${status}, waiting longer each time`, async () => {
      const clock = new TestClock();
      await withServer(
        (socket, _request, number) => answer(socket, number < 3 ? { status } : { body: '{}' }),
        { clock },
        async (client, server) => {
          assert.equal(await send(client), 200);
          assert.equal(paths(server).length, 3);
          assert.deepEqual(clock.waits, [225, 450]);
        },
      );
    });
  }

  test('is repeated after a lost connection', async () => {
    await withServer(
      (socket, _request, number) => {
        if (number < 3) socket.destroy();
        else answer(socket, { body: '{}' });
      },
      {},
      async (client, server) => {
        assert.equal(await send(client), 200);
        assert.equal(paths(server).length, 3);
      },
    );
  });

  test('gives up after three repetitions', async () => {
    await withServer(
      (socket) => answer(socket, { status: 503 }),
      {},
      async (client, server) => {
        assert.equal(await send(client), 503);
        assert.equal(paths(server).length, 4);
      },
    );
  });

  test('waits as long as Retry-After says, in seconds or as a date', async () => {
    const clock = new TestClock();
    const date = new Date(clock.time + 9000).toUTCString();
    await withServer(
      (socket, _request, number) =>
        answer(
          socket,
          number < 3 ? { status: 503, headers: { 'Retry-After': number === 1 ? '2' : date } } : { body: '{}' },
        ),
      { clock },
      async (client) => {
        assert.equal(await send(client), 200);
        assert.deepEqual(clock.waits, [2000, 7000]);
      },
    );
  });

  test('is not repeated when the server wants more patience than a minute', async () => {
    await withServer(
      (socket) => answer(socket, { status: 429, headers: { 'Retry-After': '3600' } }),
      {},
      async (client, server) => {
        assert.equal(await send(client), 429);
        assert.equal(paths(server).length, 1);
      },
    );
  });

  test('may be a PowerQuery, which only selects', async () => {
    await withServer(
      (socket, _request, number) => answer(socket, number < 3 ? { status: 429 } : { body: '{}' }),
      {},
      async (client, server) => {
        assert.equal(await send(client, { method: 'POST', target: '/ws/schema/query/a.b.c.d.e', body: '{}' }), 200);
        assert.equal(paths(server).length, 3);
      },
    );
  });

  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    test(`a ${method} is never repeated`, async () => {
      await withServer(
        (socket) => answer(socket, { status: 503 }),
        {},
        async (client, server) => {
          assert.equal(await send(client, { method, body: '{}' }), 503);
          assert.equal(paths(server).length, 1);
        },
      );
      await withServer(
        (socket) => socket.destroy(),
        {},
        async (client, server) => {
          await client.tokens.current();
          await assert.rejects(send(client, { method, body: '{}' }), { code: 'PS902' });
          assert.equal(paths(server).length, 1);
        },
      );
    });
  }
});
