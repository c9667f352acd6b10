import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect, type SecureContext } from 'node:tls';
import { serverName } from './secureSocket.ts';

/** What *Trust this certificate* shows. */
export interface CertificateFacts {
  /** `CN=…, O=…`, as in the certificate. */
  readonly subject: string;
  readonly issuer: string;
  /** The names it is for; empty when it says none. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** Upper-case hex with colons. */
  readonly sha256: string;
  readonly selfSigned: boolean;
  /** The certificate itself. */
  readonly pem: string;
}

/**
 * Reads the certificate that a server presents, over a connected socket, and ends the connection.
 *
 * Verification stays on. The certificate is looked at between the end of the greeting and Node's own verdict, which
 * then closes the connection if it is bad; if it is good the connection is closed here. Either way not one byte of a
 * request can travel over it: nothing is ever written, and the socket is never handed out.
 *
 * Rejects with the error of the TLS layer when no certificate came.
 */
export function probeCertificate(socket: Socket, host: string, context: SecureContext): Promise<CertificateFacts> {
  return new Promise((resolve, reject) => {
    let presented: X509Certificate | undefined;
    const probe = connect({ socket, host, ...serverName(host), secureContext: context, ALPNProtocols: ['http/1.1'] });
    const end = (error?: Error): void => {
      probe.destroy();
      socket.destroy();
      if (presented !== undefined) resolve(factsOf(presented));
      else reject(error ?? new Error('the connection closed before a certificate came'));
    };
    // Before Node's own listener of this event, which judges the certificate.
    probe.prependOnceListener('secure', () => {
      presented = probe.getPeerX509Certificate();
    });
    probe.once('secureConnect', () => {
      end();
    });
    probe.on('error', end);
    probe.once('close', () => {
      end();
    });
  });
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: (certificate.subjectAltName ?? '')
      .split(/,\s*/)
      .filter((name) => name !== '')
      .map((name) => name.replace(/^(DNS|IP Address):/, '')),
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    sha256: certificate.fingerprint256,
    selfSigned: certificate.checkIssued(certificate),
    pem: certificate.toString(),
  };
}

function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}
