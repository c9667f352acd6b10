import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { ConfigurationTarget, workspace } from 'vscode';
import type { NetworkOptions, Server } from '../../src/core/powerschool/server.ts';
import { SecretStorageStore } from '../../src/extension/adapters/secretStorage.ts';
import { ServerClients } from '../../src/extension/servers/serverClients.ts';
import { ServerRegistry } from '../../src/extension/servers/serverRegistry.ts';
import { FakeKeyring } from '../extension/adapters/fakeKeyring.ts';
import { startConnectProxy } from '../support/connectProxy.ts';
import { startFaultServer, type FaultServer } from '../support/faultServer.ts';
import { answer } from '../support/faults.ts';
import { makeCertificate, type TestCertificate } from '../support/testCertificates.ts';
import { memento } from './serversRegistry.test.ts';
import type { EditorTest } from './suite.ts';

const CREDENTIALS = { clientId: 'client-1', clientSecret: 'secret-0815' };

/** Signs everybody in and answers metadata, over TLS. */
function startSecureServer({ cert, key }: TestCertificate): Promise<FaultServer> {
  return startFaultServer(
    (socket, { path }, number) => {
      const body = path.startsWith('/oauth/')
        ? { access_token: `token-${number}-4711`, expires_in: '3600' }
        : { metadata: { plugin_id: 41, powerschool_version: '25.9' } };
      answer(socket, { body: JSON.stringify(body) });
    },
    { tls: { cert, key } },
  );
}

/** The servers and clients of a window, with a log that can be read. */
class Window {
  readonly log: string[] = [];
  readonly registry: ServerRegistry;
  readonly clients: ServerClients;

  constructor(keyring: FakeKeyring, globalState = memento()) {
    const write = (line: string): void => void this.log.push(line);
    this.registry = new ServerRegistry({
      globalState,
      workspaceState: memento(),
      secrets: new SecretStorageStore(keyring),
      newId: () => 'server',
    });
    this.clients = new ServerClients({ registry: this.registry, log: { debug: write, info: write, warn: write } });
  }

  /** Status of a request, or the code of its failure. */
  async send(server: Server): Promise<number | string> {
    const client = await this.clients.clientFor(server);
    try {
      const response = await client.send({ method: 'GET', target: '/ws/v1/metadata' });
      await response.dispose();
      return response.status;
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  }

  async sendWith(network: NetworkOptions | undefined): Promise<number | string> {
    await this.registry.change('server', { network });
    const server = this.registry.find('server');
    assert.ok(server);
    return this.send(server);
  }

  dispose(): void {
    this.clients.dispose();
    this.registry.dispose();
  }
}

const authority = makeCertificate({ commonName: 'Fernhill Root', authority: true });

function certificateOf(commonName: string): TestCertificate {
  return makeCertificate({ commonName, names: ['127.0.0.1'], issuer: authority });
}

export const serverNetworkTests: EditorTest[] = [
  {
    name: 'a CA file or a pinned certificate of the server opens TLS, and a certificate that changed is told',
    run: async () => {
      const certificate = certificateOf('first');
      const server = await startSecureServer(certificate);
      const other = await startSecureServer(certificateOf('second'));
      const window = new Window(new FakeKeyring());
      try {
        await window.registry.add({ name: 'Private', origin: server.origin, kind: 'test' }, CREDENTIALS);
        assert.equal(await window.sendWith(undefined), 'PS914');
        assert.equal(server.requests.length, 0, 'no secret left before the certificate was trusted');
        assert.equal(await window.sendWith({ ca: [authority.cert] }), 200);
        const { fingerprint256 } = new X509Certificate(certificate.cert);
        assert.equal(await window.sendWith({ pinnedCertificate: fingerprint256 }), 200);

        const renewed = { id: 'server', name: 'Private', origin: other.origin, kind: 'test' } as const;
        await window.registry.update({ ...renewed, network: { pinnedCertificate: fingerprint256 } }, CREDENTIALS);
        assert.equal(await window.sendWith({ pinnedCertificate: fingerprint256 }), 'PS915');
        assert.equal(other.requests.length, 0);
      } finally {
        window.dispose();
        await Promise.all([server.stop(), other.stop()]);
      }
    },
  },
  {
    name: 'a proxy of the settings is used with its credentials, and can be switched off for one server',
    run: async () => {
      const server = await startSecureServer(certificateOf('behind a proxy'));
      const proxy = await startConnectProxy({ credentials: 'user:pass word' });
      const window = new Window(new FakeKeyring());
      const http = workspace.getConfiguration('http');
      try {
        await http.update('proxy', `http://user:pass%20word@127.0.0.1:${proxy.port}`, ConfigurationTarget.Global);
        await window.registry.add({ name: 'Proxied', origin: server.origin, kind: 'test' }, CREDENTIALS);
        assert.equal(await window.sendWith({ ca: [authority.cert] }), 200);
        assert.ok(proxy.asked.length > 0, 'the request went through the proxy');
        const asked = proxy.asked.length;
        assert.equal(await window.sendWith({ ca: [authority.cert], proxy: false }), 200);
        assert.equal(proxy.asked.length, asked, 'and past it when it is off for this server');
        assert.ok(!window.log.join('\n').includes('pass'));
      } finally {
        await http.update('proxy', undefined, ConfigurationTarget.Global);
        window.dispose();
        await Promise.all([server.stop(), proxy.stop()]);
      }
    },
  },
  {
    name: 'the exchange for a token is in the log, without secret and token',
    run: async () => {
      const server = await startSecureServer(certificateOf('logged'));
      const window = new Window(new FakeKeyring());
      try {
        await window.registry.add({ name: 'Logged', origin: server.origin, kind: 'test' }, CREDENTIALS);
        assert.equal(await window.sendWith({ ca: [authority.cert] }), 200);
        const log = window.log.join('\n');
        assert.match(log, /Logged: POST \/oauth\/access_token/);
        assert.match(log, /signed in, the token is valid for 60 minutes/);
        const basic = Buffer.from('client-1:secret-0815').toString('base64');
        for (const secret of ['secret-0815', 'token-1-4711', basic]) assert.ok(!log.includes(secret), secret);
      } finally {
        window.dispose();
        await server.stop();
      }
    },
  },
  {
    name: 'a token that is forgotten in one window is not used in another',
    run: async () => {
      const server = await startSecureServer(certificateOf('two windows'));
      const keyring = new FakeKeyring();
      const state = memento();
      const here = new Window(keyring, state);
      const there = new Window(keyring, state);
      const exchanges = (): number => server.requests.filter(({ path }) => path.startsWith('/oauth/')).length;
      try {
        const network = { ca: [authority.cert] };
        const added = await here.registry.add(
          { name: 'Shared', origin: server.origin, kind: 'test', network },
          CREDENTIALS,
        );
        assert.equal(await here.send(added), 200);
        assert.equal(await there.send(added), 200);
        assert.equal(exchanges(), 1, 'the other window found the token in the keyring');
        await here.clients.forgetToken(added);
        assert.equal(await there.registry.token(added), undefined);
        assert.equal(await there.send(added), 200);
        assert.equal(exchanges(), 2, 'and signed in anew');
        assert.equal(await here.send(added), 200);
        assert.equal(exchanges(), 2, 'with a token for both');
      } finally {
        here.dispose();
        there.dispose();
        await server.stop();
      }
    },
  },
];
