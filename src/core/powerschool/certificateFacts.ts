import type { CertificateFacts } from '../http/certificateProbe.ts';
import { transportOptions, type NetworkSettings } from './createClient.ts';
import type { Server } from './server.ts';

/** Milliseconds to connect and to get the certificate. */
const LIMIT = 15_000;

/**
 * The certificate that the server presents now, for *Trust this certificate*: show subject, issuer, validity and
 * SHA-256, and keep `sha256` as the server's `network.pinnedCertificate`. Verification stays on and no request is
 * sent. Rejects with an `ExplainedError` when the server cannot be reached or speaks no TLS.
 */
export async function readServerCertificate(
  server: Server,
  options: NetworkSettings & { readonly signal?: AbortSignal } = {},
): Promise<CertificateFacts> {
  const [{ RoutePlanner }, { readCertificate }] = await Promise.all([
    import('../http/undiciTransport.ts'),
    import('../http/socketOpener.ts'),
  ]);
  const planner = new RoutePlanner(transportOptions(server, options));
  const url = new URL(server.origin);
  const signal = options.signal ?? new AbortController().signal;
  return readCertificate(planner.routeTo(url), planner.trustOf(url.origin), LIMIT, signal);
}
