import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { type ConnectProxy, startConnectProxy } from '../support/connectProxy.ts';
import { type PageServer, startPageServer } from '../support/pageServer.ts';
import { type SecureFront, startSecureFront } from '../support/secureFront.ts';
import { makeCertificate } from '../support/testCertificates.ts';
import { runCli, serverEnv, temporaryFolder } from './runCli.ts';

const LIST = '/ws/v1/district/student';
const COUNT = 730;
const USER = 'kit';
/** Needs percent-encoding in an address. */
const PASSWORD = 'sword/fish@7';

interface District {
  readonly server: PageServer;
  readonly front: SecureFront;
  readonly cwd: string;
  /** The server's address, without the authority. */
  readonly env: Record<string, string>;
  readonly caFile: string;
}

/** A server with a certificate of a private authority, as districts have. */
async function secureDistrict(t: TestContext): Promise<District> {
  const authority = makeCertificate({ commonName: 'Fernhill Root', authority: true });
  const names = ['127.0.0.1'];
  const certificate = makeCertificate({ commonName: 'powerschool.fernhill.example', names, issuer: authority });
  const server = await startPageServer(t, { count: () => COUNT });
  const front = await startSecureFront(server.url, certificate);
  t.after(() => front.stop());
  const cwd = await temporaryFolder(t);
  const caFile = path.join(cwd, 'authority.pem');
  await writeFile(caFile, authority.cert);
  return { server, front, cwd, caFile, env: serverEnv({ url: front.origin }) };
}

async function proxyOf(t: TestContext): Promise<ConnectProxy & { readonly withPassword: string }> {
  const proxy = await startConnectProxy({ credentials: `${USER}:${PASSWORD}` });
  t.after(() => proxy.stop());
  const credentials = `${USER}:${encodeURIComponent(PASSWORD)}`;
  return { ...proxy, withPassword: proxy.address.replace('://', `://${credentials}@`) };
}

function lines(text: string): number {
  return text.split('\n').length - 1;
}

test('a private authority is trusted when its file is named, and only then', async (t) => {
  const { cwd, env, caFile } = await secureDistrict(t);
  const args = ['get', LIST, '--all-pages'];
  const refused = await runCli(args, { env, cwd });
  assert.deepEqual([refused.code, refused.stdout], [3, '']);
  assert.match(refused.stderr, /^PS91\d: /);
  const named = await runCli([...args, '--ca', 'authority.pem'], { env, cwd });
  assert.deepEqual([named.code, named.stderr, lines(named.stdout)], [0, '', COUNT]);
  const inEnvironment = await runCli(args, { env: { ...env, POWERSCHOOL_CA_FILE: caFile }, cwd });
  assert.deepEqual([inEnvironment.code, inEnvironment.stdout], [0, named.stdout]);
  const other = makeCertificate({ commonName: 'Somebody else', authority: true });
  await writeFile(path.join(cwd, 'other.pem'), other.cert);
  assert.equal((await runCli([...args, '--ca', 'other.pem'], { env, cwd })).code, 3);
  const missing = await runCli([...args, '--ca', 'nowhere.pem'], { env, cwd });
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /nowhere\.pem cannot be read/);
});

test('an export goes through a proxy that asks for a password', async (t) => {
  const { cwd, env, caFile, front } = await secureDistrict(t);
  const proxy = await proxyOf(t);
  const through = { ...env, POWERSCHOOL_CA_FILE: caFile, HTTPS_PROXY: proxy.withPassword };
  const run = await runCli(['get', LIST, '--all-pages', '-o', 'out.ndjson'], { env: through, cwd });
  assert.deepEqual([run.code, run.stderr], [0, '']);
  assert.equal(lines(await readFile(path.join(cwd, 'out.ndjson'), 'utf8')), COUNT);
  const expected = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
  assert.ok(proxy.asked.length > 0);
  for (const { target, authorization } of proxy.asked) {
    assert.deepEqual([target, authorization], [new URL(front.origin).host, expected]);
  }
});

test('a request file goes through it too, and lower case names of the variables count', async (t) => {
  const { cwd, env, caFile } = await secureDistrict(t);
  const proxy = await proxyOf(t);
  await writeFile(path.join(cwd, 'one.ps.http'), `# @expect count == 100\nGET ${LIST}\n`);
  const through = { ...env, POWERSCHOOL_CA_FILE: caFile, https_proxy: proxy.withPassword };
  const run = await runCli(['run', 'one.ps.http', '--output', 'json'], { env: through, cwd });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.ok(proxy.asked.length > 0);
  assert.ok(!run.stdout.includes(PASSWORD) && !run.stdout.includes(encodeURIComponent(PASSWORD)));
});

test('a wrong password for the proxy is exit 3, and is told nowhere', async (t) => {
  const { server, cwd, env, caFile } = await secureDistrict(t);
  const proxy = await proxyOf(t);
  const wrong = proxy.address.replace('://', '://kit:not-the-fish@');
  for (const address of [wrong, proxy.address]) {
    const through = { ...env, POWERSCHOOL_CA_FILE: caFile, HTTPS_PROXY: address };
    const { code, stdout, stderr } = await runCli(['get', LIST], { env: through, cwd });
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /^PS92\d: /);
    assert.ok(!stderr.includes('not-the-fish'), stderr);
  }
  assert.deepEqual(server.requests, []);
});

test('NO_PROXY goes past the proxy', async (t) => {
  const { cwd, env, caFile } = await secureDistrict(t);
  const proxy = await proxyOf(t);
  const past = { ...env, POWERSCHOOL_CA_FILE: caFile, HTTPS_PROXY: proxy.withPassword, NO_PROXY: '127.0.0.1' };
  assert.equal((await runCli(['get', LIST], { env: past, cwd })).code, 0);
  assert.deepEqual(proxy.asked, []);
});

test('a proxy does not make a private authority trusted', async (t) => {
  const { cwd, env } = await secureDistrict(t);
  const proxy = await proxyOf(t);
  const run = await runCli(['get', LIST], { env: { ...env, HTTPS_PROXY: proxy.withPassword }, cwd });
  assert.equal(run.code, 3);
  assert.match(run.stderr, /^PS91\d: /);
});
