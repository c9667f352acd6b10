import type { Header } from './transport.ts';

/** What stands in the place of a secret. */
export const REDACTED = '***';

const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
  'x-auth-token',
]);

// Keys whose value is a credential, in a query, a form body or a JSON body.
const SECRET_KEYS =
  'access_token|refresh_token|id_token|client_secret|clientsecret|client_assertion|password|passwd|pwd|secret|api_?key|apikey|token|auth';
const QUERY_SECRET = new RegExp(`((?:^|[?&;\\s])(?:${SECRET_KEYS})=)[^&#\\s"'<>]+`, 'gi');
const JSON_SECRET = new RegExp(`("(?:${SECRET_KEYS})"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"|[\\w.+-]+)`, 'gi');
// Something with a digit or padding in it, or long: "basic information" stays readable.
const SCHEME_SECRET =
  /\b(Bearer|Basic|Negotiate|NTLM|Digest)(\s+)(?!realm=|error=)(?:(?=[\w.~+/-]*[\d=])[\w.~+/=-]{4,}|[\w.~+/-]{16,})/gi;
const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"'<>]+@/gi;

/** Headers with every credential replaced; the scheme word (`Bearer`) stays, since it helps and tells nothing. */
export function redactHeaders(headers: readonly Header[]): Header[] {
  return headers.map(([name, value]) => {
    if (!SECRET_HEADERS.has(name.toLowerCase())) return [name, redactText(value)];
    const scheme = /^(Bearer|Basic|Negotiate|NTLM|Digest)\s/i.exec(value);
    return [name, scheme === null ? REDACTED : `${scheme[1] ?? ''} ${REDACTED}`];
  });
}

/** An address without user name, password and credentials in the query. */
export function redactUrl(url: URL | string): string {
  return redactText(String(url));
}

/**
 * Free text (a log line, a server's answer, an error's cause) without credentials. `secrets` are values known to be
 * secret, hidden wherever they stand, plain, percent-encoded or in base64; the patterns catch the rest.
 */
export function redactText(text: string, secrets: readonly string[] = []): string {
  let result = text;
  for (const secret of secrets) {
    if (secret.length < 4) continue;
    for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])) {
      result = result.replaceAll(form, REDACTED);
    }
  }
  return result
    .replace(USER_INFO, `$1${REDACTED}@`)
    .replace(SCHEME_SECRET, `$1$2${REDACTED}`)
    .replace(JSON_SECRET, `$1"${REDACTED}"`)
    .replace(QUERY_SECRET, `$1${REDACTED}`);
}
