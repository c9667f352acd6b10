import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import process from 'node:process';
import { test } from 'node:test';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

test('a sandbox signs in, answers students and leaves no file behind', async () => {
  const sandbox = await startSandbox({ students: 50 });
  const answer = await fetch(`${sandbox.url}/oauth/access_token`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64')}`,
      'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8',
    },
    body: 'grant_type=client_credentials',
  });
  const token = (await answer.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${token.access_token}`, Accept: 'application/json' };
  const count = await fetch(`${sandbox.url}/ws/v1/district/student/count`, { headers });
  assert.deepEqual(await count.json(), { resource: { count: 50 } });
  await sandbox.stop();
  const mine = (await readdir(tmpdir())).filter((name) => name.startsWith(`powerschool-sandbox-${process.pid}-`));
  assert.deepEqual(mine, []);
});
