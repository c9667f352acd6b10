import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { createServer, type Server as HttpServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { CertificateTrust } from '../../../src/core/http/certificateTrust.ts';
import { createUndiciTransport } from '../../../src/core/http/undiciTransport.ts';
import { readServerCertificate } from '../../../src/core/powerschool/certificateFacts.ts';
import { readJson } from '../../../src/core/powerschool/responseText.ts';
import { startConnectProxy } from '../../support/connectProxy.ts';
import { answer } from '../../support/faults.ts';
import { startFaultServer } from '../../support/faultServer.ts';
import { makeCertificate } from '../../support/testCertificates.ts';
import { send, testClient, TOKEN, withServer } from '../../support/testClient.ts';

const authority = makeCertificate({ commonName: 'Fernhill Root', authority: true });
const tls = makeCertificate({
  commonName: 'Fernhill PowerSchool',
  names: ['127.0.0.1', 'localhost'],
  issuer: authority,
});

describe('a district behind a proxy, with a private authority', () => {
  test('signs in and answers through the tunnel, over one connection', async () => {
    const proxy = await startConnectProxy({ credentials: 'kit:swordfish' });
    const network = { ca: [authority.cert], proxy: `http://kit:swordfish@127.0.0.1:${proxy.port}` };
    const server = await startFaultServer(
      (socket, { path }) => {
        const body = path === '/oauth/access_token' ? `{"access_token":"${TOKEN}","expires_in":"99"}` : '{"count":12}';
        answer(socket, { body });
      },
      { tls },
    );
    const client = testClient({ origin: server.origin, network });
    for (let i = 0; i < 3; i++) {
      assert.deepEqual(await readJson(await client.send({ method: 'GET', target: '/ws/v1/school/count' })), {
        count: 12,
      });
    }
    assert.deepEqual(
      proxy.asked.map(({ target }) => target),
      [`127.0.0.1:${server.port}`],
    );
    assert.equal(server.requests.length, 4);
    // The credentials of the proxy stay with the proxy.
    assert.ok(server.requests.every((request) => request.headers['proxy-authorization'] === undefined));
    await client.close();
    await server.stop();
    await proxy.stop();
  });

  test('is reached through the proxy of the environment, and directly when excepted', async () => {
    const proxy = await startConnectProxy();
    const server = await startFaultServer('byteOrderMark', { tls });
    const reach = async (environment: Record<string, string>): Promise<number> => {
      const before = proxy.asked.length;
      const client = testClient({ origin: server.origin, network: { ca: [authority.cert] }, proxy: { environment } });
      assert.equal(await send(client, { authorize: false }), 200);
      await client.close();
      return proxy.asked.length - before;
    };
    assert.equal(await reach({ HTTPS_PROXY: proxy.address }), 1);
    assert.equal(await reach({ HTTPS_PROXY: proxy.address, NO_PROXY: '127.0.0.1' }), 0);
    assert.equal(await reach({ HTTP_PROXY: proxy.address }), 0);
    await server.stop();
    await proxy.stop();
  });

  test('measures TLS apart from the connection', async () => {
    const server = await startFaultServer('byteOrderMark', { tls });
    const client = testClient({ origin: server.origin, network: { ca: [authority.cert] } });
    const response = await client.send({ method: 'GET', target: '/ws/a', authorize: false });
    await response.dispose();
    assert.ok(response.timings.tls > 0 && response.timings.connect > 0, JSON.stringify(response.timings));
    await client.close();
    await server.stop();
  });
});

describe('the certificate that a server presents', () => {
  test('can be read without trusting it, and nothing is sent', async () => {
    const server = await startFaultServer('byteOrderMark', { tls });
    const facts = await readServerCertificate(
      { id: 'x', name: 'Fernhill', origin: server.origin, kind: 'test' },
      { proxy: { environment: {} } },
    );
    assert.equal(facts.subject, 'CN=Fernhill PowerSchool');
    assert.equal(facts.issuer, 'CN=Fernhill Root');
    assert.deepEqual(facts.names, ['127.0.0.1', 'localhost']);
    assert.equal(facts.sha256, new X509Certificate(tls.cert).fingerprint256);
    assert.equal(facts.selfSigned, false);
    assert.ok(facts.validFrom.getTime() < Date.now() && facts.validTo.getTime() > Date.now());
    assert.equal(server.requests.length, 0);

    const client = testClient({ origin: server.origin, network: { pinnedCertificate: facts.sha256 } });
    assert.equal(await send(client, { authorize: false }), 200);
    await client.close();
    await server.quiet();
    await server.stop();
  });

  test('can be read through a proxy', async () => {
    const server = await startFaultServer('byteOrderMark', { tls });
    const proxy = await startConnectProxy();
    const network = { proxy: proxy.address };
    const facts = await readServerCertificate({
      id: 'x',
      name: 'Fernhill',
      origin: server.origin,
      kind: 'test',
      network,
    });
    assert.equal(facts.issuer, 'CN=Fernhill Root');
    assert.equal(proxy.asked.length, 1);
    await proxy.stop();
    await server.stop();
  });

  test('is none at a port without TLS', async () => {
    const plain = await startPlainServer();
    const origin = `https://127.0.0.1:${(plain.address() as AddressInfo).port}`;
    await assert.rejects(
      readServerCertificate({ id: 'x', name: 'x', origin, kind: 'test' }, { proxy: { environment: {} } }),
      {
        code: 'PS917',
      },
    );
    plain.close();
  });
});

async function startPlainServer(): Promise<HttpServer> {
  const server = createServer((_request, response) => response.end('{}'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('the authorities of the system', () => {
  test('are added to the defaults once, and only when asked for', () => {
    const trust = new CertificateTrust({ ca: [authority.cert] });
    const first = trust.context;
    assert.equal(trust.context, first);
    const added = trust.addSystemCertificates();
    assert.equal(trust.context === first, !added);
    assert.equal(trust.addSystemCertificates(), false);
  });

  test('can be left out', () => {
    assert.equal(new CertificateTrust({ systemCertificates: false }).addSystemCertificates(), false);
  });

  test('do not make an unknown authority known', async () => {
    const server = await startFaultServer('byteOrderMark', { tls });
    const transport = await createUndiciTransport();
    const request = { method: 'GET', url: new URL(`${server.origin}/`), headers: [] };
    await assert.rejects(transport.send(request), { code: 'PS914' });
    await transport.close();
    await server.stop();
  });
});

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some((entry) => entry.address === '::1'));

test('an IPv6 address is reached', { skip: hasIpv6 ? false : 'no IPv6 on this computer' }, async () => {
  const server = createServer((_request, response) => response.end('{}'));
  server.listen(0, '::1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = testClient({ origin: `http://[::1]:${port}` });
  assert.equal(await send(client, { authorize: false }), 200);
  await client.close();
  server.close();
});

function runningTimers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

describe('a body', () => {
  const large = Buffer.alloc(3 * 1024 * 1024, 'x');

  test('that is dropped early ends its connection, a small rest is read to keep it', { timeout: 60_000 }, async () => {
    await withServer(
      (socket, { path }) => answer(socket, { body: path === '/ws/large' ? large : 'small' }),
      {},
      async (client, server) => {
        const small = await client.send({ method: 'GET', target: '/ws/small', authorize: false });
        await small.dispose();
        await send(client, { target: '/ws/small', authorize: false });
        assert.equal(server.connections, 1);

        const response = await client.send({ method: 'GET', target: '/ws/large', authorize: false });
        for await (const chunk of response.body) {
          assert.ok(chunk.length > 0);
          break;
        }
        await server.quiet();
        const dropped = await client.send({ method: 'GET', target: '/ws/large', authorize: false });
        await dropped.dispose();
        await server.quiet();
      },
    );
  });

  test('that waits for its reader does not count as stalled', { timeout: 60_000 }, async () => {
    await withServer(
      (socket) => answer(socket, { body: large }),
      {},
      async (client) => {
        const before = runningTimers();
        const response = await client.send({ method: 'GET', target: '/ws/large', authorize: false });
        await response.quiet;
        assert.equal(runningTimers(), before, 'the limit of silence is still running');
        let size = 0;
        for await (const chunk of response.body) size += chunk.length;
        assert.equal(size, large.length);
      },
    );
  });
});

test('a redirect of a request elsewhere is followed, and its own credentials stay behind', async () => {
  const last = await startFaultServer((socket) => answer(socket, { body: '{}' }));
  const first = await startFaultServer((socket) =>
    answer(socket, { status: 307, headers: { Location: `${last.origin}/x` } }),
  );
  const client = testClient({ origin: 'https://ps.example.org' });
  const response = await client.send({
    method: 'GET',
    target: `${first.origin}/a`,
    headers: [
      ['Authorization', 'Bearer of-the-first'],
      ['X-Own', '1'],
    ],
  });
  assert.equal(response.status, 200);
  assert.equal(String(response.url), `${last.origin}/x`);
  assert.equal(first.requests[0]?.headers['authorization'], 'Bearer of-the-first');
  assert.equal(last.requests[0]?.headers['authorization'], undefined);
  assert.equal(last.requests[0]?.headers['x-own'], '1');
  await client.close();
  await first.stop();
  await last.stop();
});
