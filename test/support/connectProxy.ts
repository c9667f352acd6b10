import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface ConnectProxy {
  /** Without credentials. */
  readonly address: string;
  readonly port: number;
  /** `host:port` of every tunnel that was asked for, with its credentials. */
  readonly asked: readonly { readonly target: string; readonly authorization: string | undefined }[];
  stop(): Promise<void>;
}

/**
 * A CONNECT proxy on 127.0.0.1 that really tunnels. With `credentials` ("user:password") it answers 407 to anybody
 * else; `refuse` answers every CONNECT with that status; `answer` writes these bytes instead of an answer.
 */
export async function startConnectProxy(
  options: {
    readonly credentials?: string;
    readonly refuse?: number;
    readonly answer?: string;
    readonly silent?: boolean;
    readonly schemes?: string;
  } = {},
): Promise<ConnectProxy> {
  const sockets = new Set<Socket>();
  const asked: { target: string; authorization: string | undefined }[] = [];
  const server = createServer((_request, response) => {
    response.writeHead(501).end();
  });
  const expected = options.credentials && `Basic ${Buffer.from(options.credentials).toString('base64')}`;

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, socket, head) => {
    const target = request.url ?? '';
    const authorization = request.headers['proxy-authorization'];
    asked.push({ target, authorization });
    if (options.silent === true) return;
    if (options.answer !== undefined) {
      socket.end(options.answer);
    } else if (options.refuse !== undefined) {
      socket.end(`HTTP/1.1 ${options.refuse} No\r\n\r\n`);
    } else if (expected !== undefined && authorization !== expected) {
      socket.end(`HTTP/1.1 407 Who\r\nProxy-Authenticate: ${options.schemes ?? 'Basic realm="test"'}\r\n\r\n`);
    } else {
      const colon = target.lastIndexOf(':');
      const upstream = connect({ host: target.slice(0, colon), port: Number(target.slice(colon + 1)) }, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(socket);
        socket.pipe(upstream);
      });
      sockets.add(upstream);
      upstream.on('error', () => socket.destroy());
      upstream.on('close', () => {
        sockets.delete(upstream);
        socket.destroy();
      });
      socket.on('close', () => upstream.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    port,
    asked,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
