import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate, type TestCertificate } from './testCertificates.ts';

export interface SecureFront {
  readonly origin: string;
  /** The certificate as a PEM file holds it. */
  readonly certificate: string;
  /** From now on another certificate is shown, as after a renewal. */
  renew(): void;
  stop(): Promise<void>;
}

/** TLS before a server that speaks plain http, as districts run it; with a self-signed certificate unless one is given. */
export async function startSecureFront(
  target: string,
  first: TestCertificate = selfSigned('powerschool.fernhill.example'),
): Promise<SecureFront> {
  const server = createServer({ cert: first.cert, key: first.key }, (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', target);
    const forwarded = request(url, { method: incoming.method, headers: incoming.headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate: first.cert,
    renew: () => {
      const { cert, key } = selfSigned('renewed.fernhill.example');
      server.setSecureContext({ cert, key });
      server.closeAllConnections();
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function selfSigned(commonName: string): TestCertificate {
  return makeCertificate({ commonName, names: ['127.0.0.1'] });
}
