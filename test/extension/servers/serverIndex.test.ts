import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Server } from '../../../src/core/powerschool/server.ts';
import { ServerIndex, compactNetwork, type IndexMemory } from '../../../src/extension/servers/serverIndex.ts';

/** Global state as it comes back after a restart: through JSON. */
function memory(kept: Record<string, unknown> = {}): IndexMemory & { readonly text: string } {
  let text = JSON.stringify(kept);
  return {
    get: <T>(key: string, fallback: T): T => (JSON.parse(text) as Record<string, T>)[key] ?? fallback,
    update: async (key, value) => {
      text = JSON.stringify({ ...(JSON.parse(text) as object), [key]: value });
    },
    get text() {
      return text;
    },
  };
}

const SERVER: Server = { id: 'a', name: 'Fernhill', origin: 'https://ps.fernhill.example', kind: 'production' };

test('a server comes back whole after a restart', async () => {
  const state = memory();
  const network = { ca: ['PEM'], pinnedCertificate: 'AB:CD', proxy: false as const };
  await new ServerIndex(state).add({ ...SERVER, network });
  assert.deepEqual(new ServerIndex(state).servers, [{ ...SERVER, network }]);
});

test('two windows that add at their turn keep both servers', async () => {
  const state = memory();
  const here = new ServerIndex(state);
  const there = new ServerIndex(state);
  await here.add(SERVER);
  await there.add({ ...SERVER, id: 'b' });
  await here.replace({ ...SERVER, name: 'Renamed' });
  assert.deepEqual(
    there.servers.map(({ id, name }) => [id, name]),
    [
      ['a', 'Renamed'],
      ['b', 'Fernhill'],
    ],
  );
  await there.remove('a');
  await here.replace(SERVER);
  assert.deepEqual(
    here.servers.map(({ id }) => id),
    ['b'],
    'an edit does not bring back what another window removed',
  );
});

test('what is not understood is left out, and a proxy address with its password is never kept', () => {
  const state = memory({
    'powerschool.servers': [
      null,
      7,
      { id: 'x' },
      { ...SERVER, kind: 'copy' },
      { ...SERVER, network: { ca: ['PEM', 5], pinnedCertificate: 9, proxy: 'http://me:pass@proxy:8080' }, extra: 1 },
    ],
  });
  assert.deepEqual(new ServerIndex(state).servers, [{ ...SERVER, network: { ca: ['PEM'] } }]);
});

test('network options that say nothing are none', () => {
  assert.equal(compactNetwork({}), undefined);
  assert.equal(compactNetwork({ ca: [], pinnedCertificate: '', proxy: undefined }), undefined);
  assert.deepEqual(compactNetwork({ proxy: false }), { proxy: false });
});
