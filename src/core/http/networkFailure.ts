import { explain, ExplainedError } from '../problem/explainedError.ts';
import { NETWORK_PROBLEMS, type NetworkCode } from './networkProblems.ts';
import { redactText } from './redaction.ts';

/** A network failure in words. `cause` is the error as Node or undici gave it. */
export function networkFailure(code: NetworkCode, args: readonly (string | number)[], cause?: unknown): ExplainedError {
  const detail = cause instanceof Error ? redactText(describe(cause)) : undefined;
  // The cause itself stays away: its properties may hold headers, and so a token.
  return explain(NETWORK_PROBLEMS, code, args, { detail });
}

function describe(error: Error): string {
  const code = errorCode(error);
  return code === undefined || error.message.includes(code) ? error.message : `${error.message} (${code})`;
}

/** The `code` of a Node or undici error; of several tries (IPv6, IPv4), that of the first. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  return undefined;
}

const CONNECT_CODES: Readonly<Record<string, NetworkCode>> = {
  ENOTFOUND: 'PS900',
  EAI_AGAIN: 'PS900',
  EAI_FAIL: 'PS900',
  EAI_NODATA: 'PS900',
  EAI_NONAME: 'PS900',
  ECONNREFUSED: 'PS901',
  ECONNRESET: 'PS902',
  EPIPE: 'PS902',
  ECONNABORTED: 'PS902',
  UND_ERR_SOCKET: 'PS902',
  UND_ERR_DESTROYED: 'PS902',
  UND_ERR_CLOSED: 'PS902',
  EHOSTUNREACH: 'PS903',
  ENETUNREACH: 'PS903',
  ENETDOWN: 'PS903',
  EADDRNOTAVAIL: 'PS903',
  EACCES: 'PS903',
  EPERM: 'PS903',
  UND_ERR_INVALID_ARG: 'PS909',
  UND_ERR_NOT_SUPPORTED: 'PS909',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'PS909',
  UND_ERR_HEADERS_OVERFLOW: 'PS926',
  HPE_HEADER_OVERFLOW: 'PS926',
};

/**
 * Turns any error of a socket or of undici, before the headers of the answer, into its explanation.
 * `host` is `host:port` as the user knows it.
 */
export function explainSendFailure(
  error: unknown,
  host: string,
  limits: { readonly connect: number; readonly headerBytes: number },
): Error {
  // A DOMException is a cancel.
  if (error instanceof ExplainedError || error instanceof DOMException) return error;
  const code = errorCode(error) ?? '';
  if (code === 'ETIMEDOUT') return networkFailure('PS904', [host, limits.connect], error);
  const known = CONNECT_CODES[code] ?? (isParserError(error) ? 'PS925' : undefined);
  if (known === 'PS909') return networkFailure('PS909', [reason(error)], error);
  if (known === 'PS926') return networkFailure(known, [host, limits.headerBytes], error);
  if (known !== undefined) return networkFailure(known, [host], error);
  return tlsFailure(error, host) ?? networkFailure('PS902', [host], error);
}

/** undici tells its parser's errors by name; not all have a code. */
function isParserError(error: unknown): boolean {
  return error instanceof Error && (error.name === 'HTTPParserError' || errorCode(error)?.startsWith('HPE_') === true);
}

/** Explains a body that broke off. `announced` is the Content-Length when there was one. */
export function explainBodyFailure(
  error: unknown,
  host: string,
  received: number,
  announced: number | undefined,
): Error {
  if (error instanceof ExplainedError || error instanceof DOMException) return error;
  if (announced !== undefined) return networkFailure('PS928', [host, announced, received], error);
  return networkFailure('PS927', [host, received], error);
}

const TLS_CODES: Readonly<Record<string, NetworkCode>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'PS910',
  CERT_HAS_EXPIRED: 'PS911',
  CERT_NOT_YET_VALID: 'PS912',
  ERR_TLS_CERT_ALTNAME_INVALID: 'PS913',
  HOSTNAME_MISMATCH: 'PS913',
  SELF_SIGNED_CERT_IN_CHAIN: 'PS914',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'PS914',
  UNABLE_TO_GET_ISSUER_CERT: 'PS914',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'PS914',
  CERT_UNTRUSTED: 'PS914',
  INVALID_CA: 'PS914',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'PS916',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'PS916',
  ERR_SSL_VERSION_TOO_LOW: 'PS916',
  ERR_SSL_WRONG_VERSION_NUMBER: 'PS917',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'PS917',
  ERR_SSL_HTTP_REQUEST: 'PS917',
};

/** The explanation of an error of the TLS layer, or undefined when it is none. */
export function tlsFailure(error: unknown, host: string): ExplainedError | undefined {
  const code = errorCode(error) ?? '';
  const known = TLS_CODES[code];
  if (known === 'PS913') return networkFailure('PS913', [host, certificateNames(error)], error);
  if (known !== undefined) return networkFailure(known, [host], error);
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.startsWith('CERT_') || code === 'EPROTO') {
    return networkFailure('PS918', [host, reason(error)], error);
  }
  return undefined;
}

/** The codes that a certificate authority more, or a pin, would cure. */
export function isUnknownIssuer(error: unknown): boolean {
  const known = TLS_CODES[errorCode(error) ?? ''];
  return known === 'PS910' || known === 'PS914';
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const text = 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
  return redactText(text.trim()) || 'unknown';
}

function certificateNames(error: unknown): string {
  if (error instanceof Error && 'cert' in error && typeof error.cert === 'object' && error.cert !== null) {
    const { cert } = error;
    if ('subjectaltname' in cert && typeof cert.subjectaltname === 'string' && cert.subjectaltname !== '') {
      return cert.subjectaltname.replaceAll(/\b(DNS|IP Address):/g, '');
    }
    if ('subject' in cert && typeof cert.subject === 'object' && cert.subject !== null && 'CN' in cert.subject) {
      return String(cert.subject.CN);
    }
  }
  return 'unknown';
}
