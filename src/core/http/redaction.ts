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
const JSON_SECRET = new RegExp(`("(?:${SECRET_KEYS})"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*(?:"|\\\\?$)|[\\w.+-]+)`, 'gi');
// Something with a digit or padding in it, or long: "basic information" stays readable.
const SCHEME_SECRET =
  /\b(Bearer|Basic|Negotiate|NTLM|Digest)(\s+)(?!realm=|error=)(?:(?=[\w.~+/-]*[\d=])[\w.~+/=-]{4,}|[\w.~+/-]{16,})/gi;
const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>]+@/gi;

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
 * secret, hidden wherever they stand, plain, percent-encoded, escaped or in base64; the patterns catch the rest.
 */
export function redactText(text: string, secrets: readonly string[] = []): string {
  // A secret may begin like another: hidden first, the shorter one would leave the end of the longer one behind.
  return secrets
    .toSorted((a, b) => b.length - a.length)
    .reduce(hideSecret, text)
    .replace(USER_INFO, `$1${REDACTED}@`)
    .replace(SCHEME_SECRET, `$1$2${REDACTED}`)
    .replace(JSON_SECRET, `$1"${REDACTED}"`)
    .replace(QUERY_SECRET, `$1${REDACTED}`);
}

/** Longer patterns overflow the stack of the regular expressions. */
const LONGEST_PATTERN = 1000;

function hideSecret(text: string, secret: string): string {
  if (secret.length < 4) return text;
  if (secret.length > LONGEST_PATTERN) {
    return hideSecret(hideSecret(text, secret.slice(0, LONGEST_PATTERN)), secret.slice(LONGEST_PATTERN));
  }
  // the pattern of all forms takes 20 ms to make, and most texts hold none of them
  const hidden = isEncodedIn(text, secret)
    ? text.replace(new RegExp(Array.from(secret, formsOf).join(''), 'g'), REDACTED)
    : text.replaceAll(secret, REDACTED);
  return [0, 1, 2].reduce((rest, before) => hideBase64(rest, secret, before), hidden);
}

const ENCODED = /%(?:25)*([\da-f]{2})|\\u([\da-f]{4})|&#(?:x([\da-f]+)|(\d+));/gi;

/** Whether a character of the secret may stand in the text in another form than its own. */
function isEncodedIn(text: string, secret: string): boolean {
  if (/[^!-~]/.test(secret)) return true;
  if (text.includes('\\') && /["\\/]/.test(secret)) return true;
  if (/&\w+;/.test(text) && /[&<>"']/.test(secret)) return true;
  return Array.from(text.matchAll(ENCODED)).some(([, byte, unit, hexadecimal, decimal]) => {
    const code = Number(decimal ?? `0x${byte ?? unit ?? hexadecimal}`);
    return code < 0x80 && secret.includes(String.fromCodePoint(code));
  });
}

/** The ways in which an address, a form, JSON, HTML and the bytes of a header write one character, as a pattern. */
function formsOf(character: string): string {
  const bytes = Buffer.from(character, 'utf8');
  const code = character.codePointAt(0) ?? 0;
  const forms = [character, JSON.stringify(character).slice(1, -1), bytes.toString('latin1')].map(escaped);
  // Encoded twice, the percent sign is %25.
  forms.push(Array.from(bytes, (byte) => `%(?:25)*${hex(byte, 2)}`).join(''));
  forms.push(
    Array.from({ length: character.length }, (_, at) => String.raw`\\u${hex(character.charCodeAt(at), 4)}`).join(''),
  );
  forms.push(`&(?:#0*${code}|#[xX]0*${hex(code, 0)}${HTML_NAMES[character] ?? ''});`);
  if (character === ' ') forms.push(String.raw`\+`);
  if (character === '/') forms.push(String.raw`\\/`);
  // Addresses lose line ends.
  return `(?:${forms.join('|')})${/[\t\r\n]/.test(character) ? '?' : ''}`;
}

const HTML_NAMES: Readonly<Record<string, string>> = {
  '&': '|amp',
  '<': '|lt',
  '>': '|gt',
  '"': '|quot',
  "'": '|apos',
};

function hex(code: number, width: number): string {
  return code
    .toString(16)
    .padStart(width, '0')
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** In base64, of either alphabet, a part is always the same where `before` bytes stand before the secret (modulo 3). */
function hideBase64(text: string, secret: string, before: number): string {
  const bytes = Buffer.from(' '.repeat(before) + secret, 'utf8');
  const same = bytes.toString('base64').slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
  const end = bytes.length % 3 === 0 ? '' : String.raw`[\w+/-]?={0,2}`;
  return [same, same.replaceAll('+', '-').replaceAll('/', '_')].reduce(
    (rest, form) => (rest.includes(form) ? rest.replace(new RegExp(escaped(form) + end, 'g'), REDACTED) : rest),
    text,
  );
}

function escaped(text: string): string {
  return text.replace(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`);
}
