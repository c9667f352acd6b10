import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import type { TlsOptions } from 'node:tls';
import { normalFingerprint } from '../../../src/core/http/certificateTrust.ts';
import type { Timeouts } from '../../../src/core/http/transport.ts';
import { ExplainedError } from '../../../src/core/problem/explainedError.ts';
import type { PowerSchoolClient } from '../../../src/core/powerschool/client.ts';
import { explainResponse } from '../../../src/core/powerschool/errorExplanation.ts';
import { POWERSCHOOL_PROBLEMS } from '../../../src/core/powerschool/powerschoolProblems.ts';
import { readJson } from '../../../src/core/powerschool/responseText.ts';
import { bufferedResponse, readBytes } from '../../../src/core/http/bufferedResponse.ts';
import type { NetworkOptions } from '../../../src/core/powerschool/server.ts';
import { startConnectProxy } from '../../support/connectProxy.ts';
import type { FaultName } from '../../support/faults.ts';
import { startFaultServer, type Play } from '../../support/faultServer.ts';
import { makeCertificate } from '../../support/testCertificates.ts';
import { PATIENT, SHORT, testClient } from '../../support/testClient.ts';

/** Each fault has this long (ms) to end by itself. */
const LIMIT = { timeout: 60_000 };

/** Faults that only a limit of the request ends. */
const STALLS: ReadonlySet<unknown> = new Set([
  'silence',
  'stallInHeaders',
  'dripHeaders',
  'stallBeforeBody',
  'stallInBody',
]);

/** Long enough that a drop comes in it, whatever else the machine does. */
const DRIP: Timeouts = { ...PATIENT, idleBody: 2000 };

/** What a user would see: the explanation of the failure, of the answer, or of its body. */
async function outcome(client: PowerSchoolClient, target = '/ws/v1/school'): Promise<string> {
  try {
    const response = await client.send({ method: 'GET', target, authorize: false });
    const problem = explainResponse(response, '…');
    if (response.status >= 300 && problem !== undefined) return problem.code;
    const { bytes } = await readBytes(response, 70 * 1024 * 1024);
    const text = Buffer.from(bytes.subarray(0, 4096)).toString('utf8');
    const explained = explainResponse(response, text);
    if (explained !== undefined) return explained.code;
    await readJson(bufferedResponse(response, bytes));
    return 'fine';
  } catch (error) {
    assert.ok(error instanceof ExplainedError, String(error));
    assert.ok(error.code in POWERSCHOOL_PROBLEMS, error.code);
    assert.ok(!/\{\d\}/.test(error.message + error.mend), `unfilled: ${error.message} ${error.mend}`);
    return error.code;
  }
}

function waitingTimers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

async function play(
  fault: FaultName | Play,
  options: {
    readonly tls?: TlsOptions;
    readonly silent?: boolean;
    readonly network?: NetworkOptions;
    readonly timeouts?: Timeouts;
  } = {},
): Promise<string> {
  const server = await startFaultServer(fault, options);
  const timers = waitingTimers();
  const client = testClient({
    origin: server.origin,
    network: options.network ?? {},
    timeouts: options.timeouts ?? (STALLS.has(fault) ? SHORT : PATIENT),
  });
  try {
    const code = await outcome(client);
    await client.close();
    await server.quiet();
    assert.equal(waitingTimers(), timers, 'a timer was left behind');
    return code;
  } finally {
    await client.close();
    await server.stop();
  }
}

/** Reads as JSON what never ends. */
async function readHugeBody(): Promise<string> {
  const server = await startFaultServer('hugeBody');
  const client = testClient({ origin: server.origin });
  const response = await client.send({ method: 'GET', target: '/ws/v1/school', authorize: false });
  const failure = await readJson(response).catch((error: unknown) => error);
  // The client ends the connection by itself, before it is closed.
  await server.quiet();
  await client.close();
  await server.stop();
  return failure instanceof ExplainedError ? failure.code : 'fine';
}

function fingerprint(pem: string): string {
  return new X509Certificate(pem).fingerprint256;
}

describe('faults of the connection and of the answer end in their own code', () => {
  const expected: readonly (readonly [FaultName, string])[] = [
    ['closeBeforeHeaders', 'PS902'],
    ['resetBeforeHeaders', 'PS902'],
    ['closeInHeaders', 'PS902'],
    ['resetAfterHeaders', 'PS928'],
    ['silence', 'PS905'],
    ['stallInHeaders', 'PS905'],
    ['dripHeaders', 'PS905'],
    ['stallBeforeBody', 'PS906'],
    ['stallInBody', 'PS906'],
    ['dripBody', 'PS907'],
    ['truncatedChunks', 'PS927'],
    ['brokenChunks', 'PS927'],
    ['longerContentLength', 'PS928'],
    ['shorterContentLength', 'PS932'],
    ['badGzip', 'PS929'],
    ['truncatedGzip', 'PS929'],
    ['badDeflate', 'PS929'],
    ['badBrotli', 'PS929'],
    ['gzipBomb', 'PS930'],
    ['brotliBomb', 'PS930'],
    ['unknownEncoding', 'PS931'],
    ['invalidJson', 'PS932'],
    ['wrongCharset', 'PS933'],
    ['unknownCharset', 'PS933'],
    ['byteOrderMark', 'fine'],
    ['empty', 'PS935'],
    ['html', 'PS985'],
    ['htmlAsJson', 'PS985'],
    ['xml', 'PS986'],
    ['maintenance', 'PS936'],
    ['otherOrigin', 'PS939'],
    ['redirectLoop', 'PS937'],
    ['redirectsWithoutEnd', 'PS938'],
    ['redirectNowhere', 'PS989'],
    ['notHttp', 'PS925'],
    ['hugeHeaders', 'PS926'],
    ['hugeBody', 'PS934'],
  ];
  for (const [fault, code] of expected) {
    test(`${fault} is ${code}`, LIMIT, async () => {
      if (fault === 'hugeBody') assert.equal(await readHugeBody(), code);
      else if (fault === 'dripBody') assert.equal(await play(fault, { timeouts: DRIP }), code);
      else assert.equal(await play(fault), code);
    });
  }

  test('a limit for the whole request ends it although bytes keep coming', LIMIT, async () => {
    assert.equal(await play('dripBody', { timeouts: { ...PATIENT, total: 300 } }), 'PS908');
  });
});

describe('faults of names and addresses end in their own code', () => {
  test('a name that does not exist', LIMIT, async () => {
    assert.equal(await outcome(testClient({ origin: 'https://no-such-district.invalid' })), 'PS900');
  });

  test('a port where nobody listens', LIMIT, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    assert.equal(await outcome(testClient({ origin: `http://127.0.0.1:${port}` })), 'PS901');
  });
});

describe('faults of TLS end in their own code', () => {
  const authority = makeCertificate({ commonName: 'Fernhill Root', authority: true });
  const names = ['127.0.0.1'];
  const day = 24 * 60 * 60 * 1000;
  const good = makeCertificate({ commonName: '127.0.0.1', names, issuer: authority });
  const trusted: NetworkOptions = { ca: [authority.cert] };

  test('the right certificate of a private authority is fine', LIMIT, async () => {
    assert.equal(await play('byteOrderMark', { tls: good, network: trusted }), 'fine');
  });

  test('a self-signed certificate is PS910', LIMIT, async () => {
    const tls = makeCertificate({ commonName: '127.0.0.1', names });
    assert.equal(await play('byteOrderMark', { tls }), 'PS910');
  });

  test('an expired certificate is PS911', LIMIT, async () => {
    const validTo = new Date(Date.now() - day);
    const tls = makeCertificate({ commonName: '127.0.0.1', names, issuer: authority, validFrom: new Date(0), validTo });
    assert.equal(await play('byteOrderMark', { tls, network: trusted }), 'PS911');
  });

  test('a certificate of tomorrow is PS912', LIMIT, async () => {
    const validFrom = new Date(Date.now() + day);
    const tls = makeCertificate({ commonName: '127.0.0.1', names, issuer: authority, validFrom });
    assert.equal(await play('byteOrderMark', { tls, network: trusted }), 'PS912');
  });

  test('a certificate for another name is PS913', LIMIT, async () => {
    const tls = makeCertificate({ commonName: 'other.example.org', names: ['other.example.org'], issuer: authority });
    assert.equal(await play('byteOrderMark', { tls, network: trusted }), 'PS913');
  });

  test('an unknown authority is PS914', LIMIT, async () => {
    assert.equal(await play('byteOrderMark', { tls: good }), 'PS914');
  });

  test('a CA file without a certificate is PS948', LIMIT, async () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    for (const ca of ['', 'not a certificate', broken]) {
      assert.equal(await play('byteOrderMark', { tls: good, network: { ca: [ca] } }), 'PS948', ca);
    }
  });

  test('an authority of another server does not count', LIMIT, async () => {
    const server = await startFaultServer('byteOrderMark', { tls: good });
    const client = testClient({ origin: 'https://ps.example.org', network: trusted });
    assert.equal(await outcome(client, `${server.origin}/ws/v1/school`), 'PS914');
    await client.close();
    await server.stop();
  });

  test('a pinned certificate is accepted whatever its name and issuer, and a changed one is PS915', LIMIT, async () => {
    const tls = makeCertificate({ commonName: 'other.example.org', names: ['other.example.org'], issuer: authority });
    const pin = normalFingerprint(fingerprint(tls.cert));
    assert.equal(await play('byteOrderMark', { tls, network: { pinnedCertificate: pin } }), 'fine');
    assert.equal(await play('byteOrderMark', { tls, network: { pinnedCertificate: pin.toLowerCase() } }), 'fine');
    assert.equal(await play('byteOrderMark', { tls: good, network: { pinnedCertificate: pin } }), 'PS915');
    // Not even one that a known authority vouches for.
    assert.equal(await play('byteOrderMark', { tls: good, network: { ...trusted, pinnedCertificate: pin } }), 'PS915');
  });

  test('a pinned certificate that has expired is PS911', LIMIT, async () => {
    const tls = makeCertificate({ commonName: 'x', validFrom: new Date(0), validTo: new Date(Date.now() - day) });
    assert.equal(await play('byteOrderMark', { tls, network: { pinnedCertificate: fingerprint(tls.cert) } }), 'PS911');
  });

  test('TLS 1.1 alone is PS916', LIMIT, async () => {
    const tls: TlsOptions = { ...good, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    assert.equal(await play('byteOrderMark', { tls, network: trusted }), 'PS916');
  });

  test('plain http at the port of TLS is PS917', LIMIT, async () => {
    const server = await startFaultServer((socket) => socket.end());
    const plain = createServer((socket) => {
      socket.on('error', () => {});
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    }).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const { port } = plain.address() as AddressInfo;
    assert.equal(await outcome(testClient({ origin: `https://127.0.0.1:${port}` })), 'PS917');
    plain.close();
    await server.stop();
  });

  test('a server that asks for a client certificate is PS918', LIMIT, async () => {
    const tls: TlsOptions = {
      ...good,
      requestCert: true,
      rejectUnauthorized: true,
      ca: authority.cert,
      maxVersion: 'TLSv1.2',
    };
    assert.equal(await play('byteOrderMark', { tls, network: trusted }), 'PS918');
  });

  test('a server that never greets back is PS919', LIMIT, async () => {
    const server = await startFaultServer('silence', { silent: true });
    const client = testClient({ origin: `https://127.0.0.1:${server.port}`, timeouts: SHORT });
    assert.equal(await outcome(client), 'PS919');
    await server.quiet();
    await client.close();
    await server.stop();
  });
});

describe('faults of proxies end in their own code', () => {
  const authority = makeCertificate({ commonName: 'Fernhill Root', authority: true });
  const tls = makeCertificate({ commonName: '127.0.0.1', names: ['127.0.0.1'], issuer: authority });

  async function through(options: Parameters<typeof startConnectProxy>[0], userInfo = ''): Promise<string> {
    const server = await startFaultServer('byteOrderMark', { tls });
    const proxy = await startConnectProxy(options);
    const address = `http://${userInfo}127.0.0.1:${proxy.port}`;
    const timeouts = options?.silent === true ? SHORT : PATIENT;
    const client = testClient({ origin: server.origin, timeouts, network: { ca: [authority.cert], proxy: address } });
    try {
      return await outcome(client);
    } finally {
      await client.close();
      await proxy.stop();
      await server.stop();
    }
  }

  test('a tunnel with the right credentials is fine', LIMIT, async () => {
    assert.equal(await through({ credentials: 'kit:p@ss word' }, 'kit:p%40ss%20word@'), 'fine');
  });

  test('missing or wrong credentials are PS920', LIMIT, async () => {
    assert.equal(await through({ credentials: 'kit:secret' }), 'PS920');
    assert.equal(await through({ credentials: 'kit:secret' }, 'kit:wrong@'), 'PS920');
  });

  test('a proxy that is down is PS921', LIMIT, async () => {
    const proxy = await startConnectProxy();
    await proxy.stop();
    assert.equal(
      await outcome(testClient({ origin: 'https://ps.example.org', network: { proxy: proxy.address } })),
      'PS921',
    );
  });

  test('a proxy that never answers is PS921', LIMIT, async () => {
    assert.equal(await through({ silent: true }), 'PS921');
  });

  test('a refused CONNECT is PS922', LIMIT, async () => {
    assert.equal(await through({ refuse: 403 }), 'PS922');
    assert.equal(await through({ refuse: 502 }), 'PS922');
  });

  test('an address that is no http proxy is PS923', LIMIT, async () => {
    const client = testClient({ origin: 'https://ps.example.org', network: { proxy: 'socks5://127.0.0.1:1' } });
    assert.equal(await outcome(client), 'PS923');
  });

  test('a proxy that speaks no HTTP is PS924', LIMIT, async () => {
    assert.equal(await through({ answer: 'SSH-2.0-OpenSSH_9.9\r\n\r\n' }), 'PS924');
    assert.equal(await through({ answer: '' }), 'PS924');
  });
});
