import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { FAULTS, type FaultName } from './faults.ts';

/** A request as the fault server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Plays one answer; called once for each request, `number` counts them from 1. */
export type Play = (socket: Socket, request: SeenRequest, number: number) => void;

export interface FaultServer {
  readonly origin: string;
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  /** Connections accepted so far. */
  readonly connections: number;
  /** Resolves when every connection has ended. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A server on 127.0.0.1 that speaks bytes, not HTTP, so that it can get HTTP wrong. Plays one fault for every request,
 * or whatever a function says. With `tls` it speaks TLS; `silent` accepts connections and reads nothing.
 */
export async function startFaultServer(
  play: FaultName | Play,
  options: { readonly tls?: TlsOptions; readonly silent?: boolean } = {},
): Promise<FaultServer> {
  const action: Play = typeof play === 'function' ? play : FAULTS[play];
  const sockets = new Set<Socket>();
  const requests: SeenRequest[] = [];
  let connections = 0;

  const accept = (socket: Socket): void => {
    socket.on('error', () => {});
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      if (options.silent === true) return;
      received = Buffer.concat([received, chunk]);
      for (let seen = takeRequest(received); seen !== undefined; seen = takeRequest(received)) {
        received = received.subarray(seen.length);
        requests.push(seen.request);
        action(socket, seen.request, requests.length);
      }
    });
  };
  const server: Server = options.tls === undefined ? createServer(accept) : createTlsServer(options.tls, accept);
  server.on('tlsClientError', () => {});
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    origin: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    get connections() {
      return connections;
    },
    async quiet() {
      await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The first whole request in the bytes. */
function takeRequest(bytes: Buffer): { readonly request: SeenRequest; readonly length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [requestLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const length = end + 4 + Number(headers['content-length'] ?? 0);
  if (bytes.length < length) return undefined;
  const [method = '', path = ''] = requestLine.split(' ');
  return { request: { method, path, headers, body: bytes.subarray(end + 4, length).toString('utf8') }, length };
}
