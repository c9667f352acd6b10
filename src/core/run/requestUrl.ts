import { explain, type ExplainedError } from '../problem/explainedError.ts';
import { REQUEST_PROBLEMS } from '../request/requestProblems.ts';

/**
 * The address of a request whose variables are replaced. A target that starts with `/` is on the server, also
 * `//host/path`; without a scheme the server's own host keeps its scheme and any other gets `http`.
 * Encodes only what a URL cannot hold: a percent sign stays as it is. A fragment is not sent.
 * @param origin of the active server; undefined when there is none.
 * @param host the Host header, used for a target that starts with `/` only when there is no server.
 */
export function requestUrl(target: string, origin: string | undefined, host?: string): URL | ExplainedError {
  const text = target.trim().replace(/[\p{Cc} ]/gu, encodeURIComponent);
  if (text.startsWith('/')) {
    const base = origin ?? (host === undefined || host === '' ? undefined : withScheme(host, undefined));
    if (base === undefined) return explain(REQUEST_PROBLEMS, 'PS574');
    // Put together as text: resolving "//host" or "/\host" against a base would leave the server.
    return parse(base.replace(/\/+$/, '') + text, target);
  }
  return parse(withScheme(text, origin), target);
}

function withScheme(text: string, origin: string | undefined): string {
  if (/^https?:/i.test(text)) return text;
  const host = /^[^/?#]*/.exec(text)?.[0] ?? '';
  if (origin !== undefined && host !== '' && new URL(origin).host === host.toLowerCase()) {
    return origin + text.slice(host.length);
  }
  return `http://${text}`;
}

function parse(text: string, written: string): URL | ExplainedError {
  const fault = (): ExplainedError => explain(REQUEST_PROBLEMS, 'PS573', [written]);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return fault();
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return fault();
  url.hash = '';
  return url;
}
