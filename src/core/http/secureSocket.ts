import { isIP, type Socket } from 'node:net';
import { connect, type ConnectionOptions, type SecureContext, type TLSSocket } from 'node:tls';

/** TLS asks for a server by name, never by address (RFC 6066). */
export function serverName(host: string): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}

/**
 * Speaks TLS over a connected socket and resolves when the certificate is accepted; rejects with Node's error.
 *
 * @param pin When given, the certificate with this fingerprint is accepted whatever name it is for, and no other.
 */
export function secureSocket(
  socket: Socket,
  host: string,
  secureContext: SecureContext,
  pin: string | undefined,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const options: ConnectionOptions = {
      socket,
      host,
      ...serverName(host),
      secureContext,
      ALPNProtocols: ['http/1.1'],
    };
    if (pin !== undefined) {
      options.checkServerIdentity = (_host, certificate) =>
        certificate.fingerprint256 === pin ? undefined : new Error('not the pinned certificate');
    }
    const secure = connect(options);
    const fail = (error?: Error): void => {
      secure.off('error', fail);
      secure.off('close', closed);
      secure.destroy();
      socket.destroy();
      reject(
        error ?? Object.assign(new Error('the connection closed during the TLS greeting'), { code: 'ECONNRESET' }),
      );
    };
    const closed = (): void => {
      fail();
    };
    // For good: a late error of a socket that nobody holds must not end the process.
    secure.on('error', () => {});
    secure.on('error', fail);
    secure.on('close', closed);
    secure.once('secureConnect', () => {
      secure.off('error', fail);
      secure.off('close', closed);
      resolve(secure);
    });
  });
}
