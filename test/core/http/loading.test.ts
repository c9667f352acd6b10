import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { promisify } from 'node:util';

const SOURCE = new URL('../../../src/', import.meta.url);

test('making a client loads neither undici nor the transport; sending does not load undici\u2019s index', async () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { createClient } = await import(${JSON.stringify(new URL('core/powerschool/createClient.ts', SOURCE).href)});
    const secrets = { credentials: async () => undefined, token: async () => undefined, storeToken: async () => {} };
    const server = { id: 'x', name: 'x', origin: 'http://127.0.0.1:1', kind: 'test' };
    const client = createClient({ server, secrets });
    const before = loaded.filter((url) => /undici/i.test(url)).length;
    await client.send({ method: 'GET', target: '/', authorize: false }).catch(() => {});
    const after = loaded.filter((url) => /undici/i.test(url));
    await client.close();
    console.log(JSON.stringify({ before, after }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const { before, after } = JSON.parse(stdout) as { before: number; after: string[] };
  assert.equal(before, 0);
  assert.ok(after.some((url) => url.endsWith('undici/lib/dispatcher/client.js')));
  assert.ok(!after.some((url) => /undici\/index\.js$|lib\/global\.js$/.test(url)), after.join('\n'));
});

test('no source switches the checks of TLS off', async () => {
  const names = await readdir(SOURCE, { recursive: true });
  const switches = /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|strictSSL\s*[:=]\s*false/;
  for (const name of names.filter((file) => file.endsWith('.ts'))) {
    const text = await readFile(new URL(name.replaceAll('\\', '/'), SOURCE), 'utf8');
    assert.ok(!switches.test(text), name);
  }
});
