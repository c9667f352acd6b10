import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { SecretStorageStore } from '../../src/extension/adapters/secretStorage.ts';
import { ServerRegistry, type NewServer } from '../../src/extension/servers/serverRegistry.ts';
import { FakeKeyring } from '../extension/adapters/fakeKeyring.ts';
import type { EditorTest } from './suite.ts';

const CREDENTIALS = { clientId: 'client-1', clientSecret: 'secret-0815' };
const TOKEN = { value: 'token-4711', expiresAt: 1_900_000_000_000 };
const FERNHILL: NewServer = { name: 'Fernhill', origin: 'https://ps.fernhill.example', kind: 'production' };

/** State in memory, as JSON: nothing is shared by reference. */
export function memento(): Memento & { readonly text: () => string } {
  let text = '{}';
  return {
    keys: () => Object.keys(JSON.parse(text) as object),
    get: <T>(key: string, fallback?: T) => (JSON.parse(text) as Record<string, T>)[key] ?? fallback,
    update: async (key: string, value: unknown) => {
      text = JSON.stringify({ ...(JSON.parse(text) as object), [key]: value });
    },
    text: () => text,
  };
}

/** What all windows of one user share. */
class Profile {
  readonly globalState = memento();
  readonly keyring = new FakeKeyring();
  #ids = 0;

  openWindow(): { readonly registry: ServerRegistry; readonly changes: () => number } {
    const registry = new ServerRegistry({
      globalState: this.globalState,
      workspaceState: memento(),
      secrets: new SecretStorageStore(this.keyring),
      newId: () => `id-${++this.#ids}`,
    });
    let changes = 0;
    registry.onDidChange(() => changes++);
    return { registry, changes: () => changes };
  }
}

export const serverRegistryTests: EditorTest[] = [
  {
    name: 'a server that is added in one window is in the others, signed in',
    run: async () => {
      const profile = new Profile();
      const here = profile.openWindow();
      const there = profile.openWindow();
      const server = await here.registry.add(FERNHILL, CREDENTIALS);
      assert.ok(there.changes() > 0, 'the other window was told');
      assert.deepEqual(there.registry.servers, [server]);
      assert.deepEqual(await there.registry.credentials(server), CREDENTIALS);
    },
  },
  {
    name: 'a change without secrets reaches another window when it is looked at',
    run: async () => {
      const profile = new Profile();
      const here = profile.openWindow();
      const server = await here.registry.add(FERNHILL, CREDENTIALS);
      const there = profile.openWindow();
      await here.registry.change(server.id, { kind: 'test' });
      there.registry.noticeOtherWindows();
      assert.equal(there.changes(), 1);
      assert.equal(there.registry.find(server.id)?.kind, 'test');
      there.registry.noticeOtherWindows();
      assert.equal(there.changes(), 1, 'nothing new, nothing told');
    },
  },
  {
    name: 'global state holds neither secret nor token, and removing a server removes both from the keyring',
    run: async () => {
      const profile = new Profile();
      const { registry } = profile.openWindow();
      const server = await registry.add(FERNHILL, CREDENTIALS);
      await registry.storeToken(server, TOKEN);
      const kept = profile.globalState.text();
      assert.ok(kept.includes(server.origin));
      for (const secret of [CREDENTIALS.clientSecret, TOKEN.value]) assert.ok(!kept.includes(secret));
      await registry.remove(server.id);
      assert.equal(profile.keyring.entries.size, 0);
      assert.deepEqual(registry.servers, []);
    },
  },
  {
    name: 'a change of address forgets the secrets, a change of name keeps them',
    run: async () => {
      const profile = new Profile();
      const { registry } = profile.openWindow();
      const server = await registry.add(FERNHILL, CREDENTIALS);
      await registry.update({ ...server, name: 'Fernhill Live' });
      assert.deepEqual(await registry.credentials(server), CREDENTIALS);
      const moved = { ...server, origin: 'https://new.fernhill.example' };
      await registry.update(moved);
      assert.equal(await registry.credentials(moved), undefined);
      assert.equal(profile.keyring.entries.size, 0, 'nothing is left of the old address');
    },
  },
  {
    name: 'a keyring that refuses a secret leaves a server to sign in to',
    run: async () => {
      const profile = new Profile();
      const { registry, changes } = profile.openWindow();
      profile.keyring.failure = new Error('The keyring is locked.');
      await assert.rejects(registry.add(FERNHILL, CREDENTIALS), /locked/);
      const [server] = registry.servers;
      assert.ok(server && changes() > 0);
      assert.equal(await registry.credentials(server), undefined);
    },
  },
  {
    name: 'a production server never becomes the active one by itself',
    run: async () => {
      const { registry } = new Profile().openWindow();
      await registry.add(FERNHILL, CREDENTIALS);
      const sandbox = { id: 'sandbox', name: 'Sandbox', origin: 'http://127.0.0.1:1', kind: 'sandbox' as const };
      registry.addForSession(sandbox, CREDENTIALS);
      await registry.select('sandbox');
      await registry.remove('sandbox');
      assert.equal(registry.active?.id, undefined);
      const test = await registry.add({ ...FERNHILL, name: 'Test', kind: 'test' }, CREDENTIALS);
      await registry.select('gone');
      assert.equal(registry.active?.id, test.id);
    },
  },
];
