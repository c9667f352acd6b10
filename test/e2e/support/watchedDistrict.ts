import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The address of a district that notes what is asked of it. */
export interface WatchedDistrict {
  readonly url: string;
  /** Paths in the order they were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Passes every request on to `origin`, as it came. */
export async function watchDistrict(origin: string): Promise<WatchedDistrict> {
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '/', origin);
    asked.push(target.pathname);
    const passed = request(target, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
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
