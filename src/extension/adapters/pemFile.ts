import { X509Certificate } from 'node:crypto';

const CERTIFICATE_BLOCK = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED )?CERTIFICATE-----/g;

/**
 * The certificates in a file, as PEM texts: a PEM bundle with whatever text between, or one certificate in DER.
 * Nothing else of the file is kept, least of all a private key. Empty when there is none.
 */
export function readCertificates(bytes: Uint8Array): string[] {
  const blocks = Buffer.from(bytes).toString('latin1').match(CERTIFICATE_BLOCK);
  const candidates: (string | Uint8Array)[] = blocks ?? [bytes];
  return candidates.flatMap((candidate) => {
    try {
      return [new X509Certificate(candidate).toString()];
    } catch {
      return [];
    }
  });
}

/** Whose certificate it is: its common name, else the whole subject. */
export function certificateOwner(pem: string): string {
  try {
    const { subject } = new X509Certificate(pem);
    return /^CN=(.+)$/m.exec(subject)?.[1] ?? subject.split('\n').join(', ');
  } catch {
    return '?';
  }
}
