import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { promisify } from 'node:util';

/** Far more than the links of a chain of listeners, far less than what a request and its answer take. */
const MOST_BYTES = 2000;

test('of thousands of requests with one signal hardly anything grows old', async () => {
  // In a process of its own: the heap of the test has other tenants.
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8';
    const [port, module] = process.argv.slice(1);
    const { createClient } = await import(module);
    const server = { id: 'x', name: 'x', origin: 'http://127.0.0.1:' + port, kind: 'test' };
    const secrets = {
      credentials: async () => ({ clientId: 'x', clientSecret: 'x' }),
      token: async () => ({ value: 'token', expiresAt: Date.now() + 1e9 }),
      storeToken: async () => {},
    };
    const client = createClient({ server, secrets });
    const { signal } = new AbortController();
    const lane = async (requests) => {
      for (let sent = 0; sent < requests; sent++) {
        const { body } = await client.send({ method: 'GET', target: '/ws/v1/school', signal });
        for await (const chunk of body) if (chunk.length === 0) throw new Error('an empty chunk');
      }
    };
    const send = (requests) => Promise.all([1, 2, 3, 4].map(() => lane(requests / 4)));
    const old = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space').space_used_size;
    await send(1500);
    const before = old();
    await send(1500);
    console.log(JSON.stringify((old() - before) / 1500));
    await client.close();`;
  const server = createServer((_request, response) => response.end('{"students":{}}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { href } = new URL('../../../src/core/powerschool/createClient.ts', import.meta.url);
    const { port } = server.address() as AddressInfo;
    const args = ['--max-semi-space-size=1', '--input-type=module', '-e', script, `${port}`, href];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const bytes = JSON.parse(stdout) as number;
    assert.ok(bytes < MOST_BYTES, `${bytes} bytes a request`);
  } finally {
    server.close();
  }
});
