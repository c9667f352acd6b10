import type { Socket } from 'node:net';
import { networkFailure } from './networkFailure.ts';
import type { Proxy } from './proxy.ts';

const MOST_HEADER_BYTES = 16 * 1024;

/**
 * Asks a proxy for a tunnel over a connected socket. Resolves when the socket leads to `target`; rejects with PS920
 * (credentials), PS922 (refused) or PS924 (no proper answer). The caller ends the socket after a rejection and when
 * time is up.
 *
 * @param target `host:port`, an IPv6 host in brackets.
 */
export function openTunnel(socket: Socket, proxy: Proxy, target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);

    const finish = (error?: Error): void => {
      socket.off('readable', read);
      socket.off('end', broken);
      socket.off('close', broken);
      socket.off('error', broken);
      if (error === undefined) resolve();
      else reject(error);
    };
    const broken = (): void => {
      finish(networkFailure('PS924', [proxy.name]));
    };
    const read = (): void => {
      for (let chunk: unknown = socket.read(); chunk !== null; chunk = socket.read()) {
        if (!Buffer.isBuffer(chunk)) return;
        received = Buffer.concat([received, chunk]);
        const end = received.indexOf('\r\n\r\n');
        if (end >= 0) {
          const rest = received.subarray(end + 4);
          if (rest.length > 0) socket.unshift(rest);
          finish(judge(received.subarray(0, end).toString('latin1'), proxy, target));
          return;
        }
        if (received.length > MOST_HEADER_BYTES) {
          broken();
          return;
        }
      }
    };

    socket.on('readable', read);
    socket.on('end', broken);
    socket.on('close', broken);
    socket.on('error', broken);
    const credentials = proxy.authorization === undefined ? '' : `Proxy-Authorization: ${proxy.authorization}\r\n`;
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${credentials}Proxy-Connection: keep-alive\r\n\r\n`);
  });
}

/** undefined when the tunnel stands. */
function judge(head: string, proxy: Proxy, target: string): Error | undefined {
  const [statusLine = '', ...lines] = head.split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1];
  if (status === undefined) return networkFailure('PS924', [proxy.name]);
  if (status.startsWith('2')) return undefined;
  if (status !== '407') return networkFailure('PS922', [proxy.name, target, status]);
  const schemes = lines.flatMap((line) => /^proxy-authenticate:\s*([^\s,]+)/i.exec(line)?.[1] ?? []);
  const onlyOthers = schemes.length > 0 && !schemes.some((scheme) => scheme.toLowerCase() === 'basic');
  return networkFailure('PS920', [proxy.name, onlyOthers ? `It takes only ${schemes.join(', ')}.` : '']);
}
