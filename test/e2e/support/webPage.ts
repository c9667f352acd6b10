import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server that answers everything with a page: a portal, or a proxy that wants a sign-in first. */
export interface WebPage {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveWebPage(): Promise<WebPage> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Welcome</title><p>Please sign in.</p>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
