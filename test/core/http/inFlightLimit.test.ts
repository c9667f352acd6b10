import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readJson } from '../../../src/core/powerschool/responseText.ts';
import { answer } from '../../support/faults.ts';
import type { Play } from '../../support/faultServer.ts';
import { send, TestClock, withServer } from '../../support/testClient.ts';

/** Answers a request only a little later, and notes the most at a time. */
function counting(): { readonly play: Play; readonly most: () => number } {
  let now = 0;
  let most = 0;
  const play: Play = (socket) => {
    now++;
    most = Math.max(most, now);
    setImmediate(() => {
      setImmediate(() => {
        now--;
        answer(socket, { body: '{}' });
      });
    });
  };
  return { play, most: () => most };
}

describe('the limit of requests in flight', () => {
  test('holds for any number of callers', async () => {
    const { play, most } = counting();
    await withServer(play, { concurrency: 3 }, async (client, server) => {
      await Promise.all(Array.from({ length: 30 }, () => send(client)));
      assert.ok(most() <= 3 && most() > 1, `${most()} at a time`);
      assert.ok(server.connections <= 3);
    });
  });

  test('is not used up by bodies that nobody reads', { timeout: 60_000 }, async () => {
    const body = JSON.stringify('x'.repeat(2 * 1024 * 1024));
    await withServer(
      (socket) => answer(socket, { body }),
      { concurrency: 2 },
      async (client) => {
        const responses = await Promise.all(
          Array.from({ length: 5 }, () => client.send({ method: 'GET', target: '/ws/a' })),
        );
        for (const response of responses.reverse())
          assert.equal(((await readJson(response)) as string).length, 2 * 1024 * 1024);
      },
    );
  });

  test('a caller that cancels leaves the line', { timeout: 60_000 }, async () => {
    await withServer(
      () => {},
      { concurrency: 1 },
      async (client) => {
        const stop = new AbortController();
        const pending = [1, 2, 3].map(() => send(client, { authorize: false, signal: stop.signal }));
        stop.abort();
        for (const one of pending) await assert.rejects(one, { name: 'AbortError' });
      },
    );
  });

  test('after too many requests there is one at a time, as far apart as the server asks', async () => {
    const clock = new TestClock();
    const starts: number[] = [];
    let now = 0;
    let mostLater = 0;
    await withServer(
      (socket, _request, number) => {
        now++;
        if (number > 4) mostLater = Math.max(mostLater, now);
        starts.push(clock.time);
        setImmediate(() => {
          now--;
          if (number === 1) answer(socket, { status: 429, body: '{"message":"Too many requests, wait 5 seconds"}' });
          else answer(socket, { body: '{}' });
        });
      },
      { clock, concurrency: 4 },
      async (client) => {
        await Promise.all(Array.from({ length: 4 }, () => send(client)));
        const learned = starts.length;
        await Promise.all(Array.from({ length: 4 }, () => send(client)));
        assert.equal(mostLater, 1);
        const gaps = starts.slice(learned).map((start, index, list) => start - (list[index - 1] ?? start - 5000));
        assert.ok(
          gaps.every((gap) => gap >= 5000),
          JSON.stringify(gaps),
        );
      },
    );
  });
});
