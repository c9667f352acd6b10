import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Server } from '../../../src/core/powerschool/server.ts';
import { SecretStorageStore } from '../../../src/extension/adapters/secretStorage.ts';
import { FakeKeyring } from './fakeKeyring.ts';

const SERVER: Server = { id: 's1', name: 'Fernhill', origin: 'https://ps.fernhill.example', kind: 'production' };
const CREDENTIALS = { clientId: 'client-1', clientSecret: 'secret-0815' };
const TOKEN = { value: 'token-4711', expiresAt: 1_900_000_000_000 };

test('credentials and token are there again after a restart', async () => {
  const keyring = new FakeKeyring();
  const before = new SecretStorageStore(keyring);
  await before.storeCredentials(SERVER, CREDENTIALS);
  await before.storeToken(SERVER, TOKEN);
  const after = new SecretStorageStore(keyring);
  assert.deepEqual(await after.credentials(SERVER), CREDENTIALS);
  assert.deepEqual(await after.token(SERVER), TOKEN);
});

test('a secret is used for no address but its own', async () => {
  const store = new SecretStorageStore(new FakeKeyring());
  await store.storeCredentials(SERVER, CREDENTIALS);
  await store.storeToken(SERVER, TOKEN);
  for (const origin of ['https://other.example', 'http://ps.fernhill.example', 'https://ps.fernhill.example:8443']) {
    assert.equal(await store.credentials({ ...SERVER, origin }), undefined, origin);
    assert.equal(await store.token({ ...SERVER, origin }), undefined, origin);
  }
});

test('new credentials drop the token of the old ones', async () => {
  const store = new SecretStorageStore(new FakeKeyring());
  await store.storeCredentials(SERVER, CREDENTIALS);
  await store.storeToken(SERVER, TOKEN);
  await store.storeCredentials(SERVER, { ...CREDENTIALS, clientSecret: 'regenerated' });
  assert.equal(await store.token(SERVER), undefined);
});

test('a token that arrives while credentials change does not bring the old ones back', async () => {
  const store = new SecretStorageStore(new FakeKeyring());
  await store.storeCredentials(SERVER, CREDENTIALS);
  const changed = { ...CREDENTIALS, clientSecret: 'regenerated' };
  await Promise.all([store.storeToken(SERVER, TOKEN), store.storeCredentials(SERVER, changed)]);
  assert.deepEqual(await store.credentials(SERVER), changed);
});

test('a token that arrives while its server is removed leaves nothing behind', async () => {
  const keyring = new FakeKeyring();
  const store = new SecretStorageStore(keyring);
  await store.storeCredentials(SERVER, CREDENTIALS);
  await Promise.all([store.storeToken(SERVER, TOKEN), store.forget(SERVER.id), store.storeToken(SERVER, TOKEN)]);
  assert.equal(keyring.entries.size, 0);
});

test('a change in one window reaches the others', async () => {
  const keyring = new FakeKeyring();
  const here = new SecretStorageStore(keyring);
  const there = new SecretStorageStore(keyring);
  const heard: string[] = [];
  const subscription = there.onDidChange((id) => heard.push(id));
  await here.storeCredentials(SERVER, CREDENTIALS);
  await keyring.store('another.extension', 'x');
  assert.deepEqual(heard, ['s1']);
  assert.deepEqual(await there.credentials(SERVER), CREDENTIALS);
  subscription.dispose();
  await here.forget('s1');
  assert.deepEqual(heard, ['s1']);
});

test('forgetting a token that is not there writes nothing', async () => {
  const keyring = new FakeKeyring();
  const store = new SecretStorageStore(keyring);
  await store.storeCredentials(SERVER, CREDENTIALS);
  let changes = 0;
  store.onDidChange(() => changes++);
  await store.storeToken(SERVER, undefined);
  assert.equal(changes, 0);
});

test('a locked keyring and an unreadable entry read as signed out', async () => {
  const keyring = new FakeKeyring();
  const store = new SecretStorageStore(keyring);
  await store.storeCredentials(SERVER, CREDENTIALS);
  const [key] = keyring.entries.keys();
  assert.ok(key);
  for (const text of ['', 'not json', 'null', '[]', '{"origin":"https://ps.fernhill.example"}']) {
    keyring.entries.set(key, text);
    assert.equal(await store.credentials(SERVER), undefined, text);
  }
  keyring.failure = new Error('The keyring is locked.');
  assert.equal(await store.credentials(SERVER), undefined);
});

test('a keyring that refuses to store says so, and the next change works', async () => {
  const keyring = new FakeKeyring();
  const store = new SecretStorageStore(keyring);
  keyring.failure = new Error('The keyring is locked.');
  await assert.rejects(store.storeCredentials(SERVER, CREDENTIALS), /locked/);
  keyring.failure = undefined;
  await store.storeCredentials(SERVER, CREDENTIALS);
  assert.deepEqual(await store.credentials(SERVER), CREDENTIALS);
});
