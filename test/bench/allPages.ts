import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createClient } from '../../src/core/powerschool/createClient.ts';
import type { AccessToken } from '../../src/core/powerschool/server.ts';
import { sendAllPages } from '../../src/core/run/allPages.ts';
import { BodyStore } from '../../src/extension/response/bodyStore.ts';
import { startServer } from './measure.ts';

const SERVER = new URL('recordServer.ts', import.meta.url);
const ROWS = 1_000_000;

/**
 * What *Run All Pages* does in the editor's extension host, without the editor: a million rows into a file of the window,
 * with the place of each record. Prints the longest turn of the event loop in processor time, which other work on the
 * machine does not change.
 */
export async function measureAllPages(): Promise<string[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  const running = await startServer(SERVER, [ROWS, 1000, 0]);
  const store = new BodyStore(folder);
  const client = clientOf(`http://127.0.0.1:${running.port}`);
  try {
    await fetchAll(client, store, 10_000);
    const turns = watchTurns();
    const started = performance.now();
    const { records, size } = await fetchAll(client, store, ROWS);
    const seconds = (performance.now() - started) / 1000;
    const { longest, peak } = turns.stop();
    return [
      `Run All Pages: ${records.toLocaleString('en')} rows, ${Math.round(size / 1e6)} MB in ${seconds.toFixed(1)} s`,
      `longest turn of the event loop              ${longest.toFixed(0)} ms (≤ 50 ms)`,
      `peak memory of the process                  ${peak.toFixed(0)} MiB`,
    ];
  } finally {
    await client.close();
    store.dispose();
    running.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchAll(
  client: ReturnType<typeof clientOf>,
  store: BodyStore,
  rows: number,
): Promise<{ records: number; size: number }> {
  const run = store.run();
  const cancel = new AbortController();
  const answer = await sendAllPages(
    {
      method: 'GET',
      url: new URL('/ws/schema/table/students?projection=*', client.server.origin),
      headers: [],
      body: undefined,
      authorize: true,
    },
    client,
    {
      concurrency: 4,
      signal: cancel.signal,
      body: { limit: 4_000_000, openSpool: run.openSpool, indexLarge: true },
      follower: {
        onProgress: (records) => {
          if (records >= rows) cancel.abort();
        },
      },
    },
  );
  const records = (await answer.body.countRecords()) ?? 0;
  await run.release();
  return { records, size: answer.body.size };
}

function clientOf(origin: string): ReturnType<typeof createClient> {
  let token: AccessToken | undefined;
  return createClient({
    server: { id: 'bench', name: 'Bench', origin, kind: 'test' },
    concurrency: 4,
    secrets: {
      credentials: () => Promise.resolve({ clientId: 'bench', clientSecret: 'bench' }),
      token: () => Promise.resolve(token),
      storeToken: (_server, value) => {
        token = value;
        return Promise.resolve();
      },
    },
  });
}

/** Milliseconds of processor time of the longest turn, and the highest memory in MiB, until stopped. */
function watchTurns(): { stop: () => { longest: number; peak: number } } {
  let running = true;
  let longest = 0;
  let peak = 0;
  let before = process.threadCpuUsage();
  const turn = (): void => {
    const now = process.threadCpuUsage();
    longest = Math.max(longest, (now.user + now.system - before.user - before.system) / 1000);
    before = now;
    if (running) setImmediate(turn);
  };
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss() / 2 ** 20);
  }, 100);
  setImmediate(turn);
  return {
    stop: () => {
      running = false;
      clearInterval(timer);
      return { longest, peak };
    },
  };
}
