import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address a person can read, copy and click, which leads to a long one. */
export interface ShortAddress {
  readonly address: string;
  close(): void;
}

/** Serves the redirect on 127.0.0.1. The path cannot be guessed: the long address carries the right to connect. */
export async function serveShortAddress(long: string): Promise<ShortAddress> {
  const path = `/${randomBytes(9).toString('base64url')}`;
  const server = createServer((request, response) => {
    if (request.url === path) response.writeHead(302, { location: long, 'cache-control': 'no-store' }).end();
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${path}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
