import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/** What a server's certificate must satisfy. */
export interface TrustSettings {
  /** PEM texts of authorities trusted besides the defaults. */
  readonly ca?: readonly string[] | undefined;
  /** SHA-256 fingerprint (hex, colons or not) of the only certificate to accept. */
  readonly pinnedCertificate?: string | undefined;
  /** Also trust the authorities of the operating system; true when left out. */
  readonly systemCertificates?: boolean | undefined;
}

/**
 * The authorities that one server's certificate is checked against. Reading those of the operating system blocks the
 * thread for tens of milliseconds, so they are read only when a certificate fails without them, and are added to the
 * defaults, never put in their place.
 */
export class CertificateTrust {
  readonly pin: string | undefined;
  readonly #ca: readonly string[];
  readonly #useSystem: boolean;
  #context: SecureContext | undefined;
  #systemRead = false;
  #pinnedContext: SecureContext | undefined;

  constructor(settings: TrustSettings) {
    this.pin = settings.pinnedCertificate === undefined ? undefined : normalFingerprint(settings.pinnedCertificate);
    this.#ca = settings.ca ?? [];
    this.#useSystem = settings.systemCertificates ?? true;
  }

  /** Defaults, the server's own authorities and, once they were needed, the system's. */
  get context(): SecureContext {
    this.#context ??= this.#build([]);
    return this.#context;
  }

  /** Adds the system's authorities. False when there is nothing to add, so that another try is of no use. */
  addSystemCertificates(): boolean {
    // Node 22.15 and newer; an editor may still carry an older one.
    if (this.#systemRead || !this.#useSystem || typeof getCACertificates !== 'function') return false;
    this.#systemRead = true;
    const system = getCACertificates('system');
    if (system.length === 0) return false;
    this.#context = this.#build(system);
    return true;
  }

  /** Trusts the pinned certificate, once its text is known, and nothing else. */
  get pinnedContext(): SecureContext | undefined {
    return this.#pinnedContext;
  }

  /** `pem` is the certificate whose fingerprint was found to be the pin. */
  usePinned(pem: string): SecureContext {
    // A leaf as the end of the chain: neither its issuer nor its name is asked for, its dates and key still are.
    this.#pinnedContext = createSecureContext({ ca: [pem], allowPartialTrustChain: true, minVersion: 'TLSv1.2' });
    return this.#pinnedContext;
  }

  #build(system: readonly string[]): SecureContext {
    for (const pem of this.#ca) requireCertificate(pem);
    if (this.#ca.length === 0 && system.length === 0) return createSecureContext({ minVersion: 'TLSv1.2' });
    const defaults = typeof getCACertificates === 'function' ? getCACertificates('default') : [];
    return createSecureContext({ ca: [...defaults, ...system, ...this.#ca], minVersion: 'TLSv1.2' });
  }
}

/** A text given as a certificate authority is none. */
export class UnreadableCaError extends Error {
  override readonly name = 'UnreadableCaError';
}

/** Node passes over a text that is no certificate, and the reason would come out as an unknown issuer. */
function requireCertificate(pem: string): X509Certificate {
  try {
    // Reads the first of several.
    return new X509Certificate(pem);
  } catch {
    throw new UnreadableCaError('not a certificate in PEM form');
  }
}

/** Upper-case hex with colons, however it was written. */
export function normalFingerprint(text: string): string {
  const digits = text.replaceAll(/[^0-9a-f]/gi, '').toUpperCase();
  return (digits.match(/../g) ?? []).join(':');
}
