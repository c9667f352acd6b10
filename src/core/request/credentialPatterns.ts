/** Keys whose value is a credential, as the source of a regular expression. */
const SECRET_KEY = 'client_?secret|access_?token|refresh_?token|id_?token|token|password|passwd|api_?key|secret';

/** Names of variables that hold a credential: `token`, `clientSecret`, `api_key`. */
export const SECRET_VARIABLE = new RegExp(`(?:^|[_.-]|[a-z])(?:${SECRET_KEY})$`, 'i');
/** Parameters of a query. */
export const SECRET_PARAMETER = new RegExp(`^(?:${SECRET_KEY})$`, 'i');

/** `"key": "value"`; groups: what stands before the value, the value. Matches literal values alone. */
export function jsonSecrets(text: string): IterableIterator<RegExpMatchArray & { index: number }> {
  return matches(text, `("(?:${SECRET_KEY})"\\s*:\\s*")((?:(?!\\{\\{)(?:[^"\\\\]|\\\\.))+)(?=")`);
}

/** `key=value` of a form or a query; groups as above. A quote ends an address that stands in JSON. */
export function pairSecrets(text: string): IterableIterator<RegExpMatchArray & { index: number }> {
  return matches(
    text,
    `((?:^|[?&\\n])\\s*(?:${SECRET_KEY})=)((?:(?!\\{\\{)(?:[^&#"\\r\\n]|"(?![,}\\]\\s]|$)))+)(?<!\\s)`,
  );
}

function matches(text: string, pattern: string): IterableIterator<RegExpMatchArray & { index: number }> {
  return text.matchAll(new RegExp(pattern, 'gi')) as IterableIterator<RegExpMatchArray & { index: number }>;
}

const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'api-key',
  'x-auth-token',
]);

/** Headers whose whole value is a credential. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.has(name.toLowerCase());
}

/** The text without the literal credentials in it: user names in addresses go, other values become `replacement`. */
export function withoutCredentials(text: string, replacement: string): string {
  if (!/@|secret|token|passw|key/i.test(text)) return text;
  let result = '';
  let at = 0;
  for (const { 0: whole, 1: before = '', index } of [...jsonSecrets(text), ...pairSecrets(text)].sort(
    (a, b) => a.index - b.index,
  )) {
    result += text.slice(at, index + before.length) + replacement;
    at = index + whole.length;
  }
  return (result + text.slice(at)).replace(/\b(https?:\/\/)[^/?#\s{}"<>]*@/gi, '$1');
}
