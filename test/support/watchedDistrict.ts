import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The address of a district that notes what is asked of it. */
export interface WatchedDistrict {
  readonly url: string;
  /** Paths in the order they were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

function pass(target: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
  // Whoever asked may have gone while the request was held.
  if (outgoing.destroyed) return;
  const passed = request(target, { method: incoming.method, headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on('error', () => outgoing.destroy());
  outgoing.on('close', () => passed.destroy());
  incoming.pipe(passed);
}

/**
 * Passes every request on to `origin`, as it came.
 *
 * @param before is waited for before a request is passed on
 */
export async function watchDistrict(
  origin: string,
  before: (target: URL) => Promise<void> | void = () => undefined,
): Promise<WatchedDistrict> {
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '/', origin);
    asked.push(target.pathname);
    void Promise.resolve(before(target)).then(() => pass(target, incoming, outgoing));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
