import { isIP } from 'node:net';
import { bareHost, isLoopback } from './loopback.ts';
import { networkFailure } from './networkFailure.ts';
import { redactUrl } from './redaction.ts';

/** A proxy that tunnels with CONNECT. */
export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** The connection to the proxy itself is TLS (`https://` proxy address). */
  readonly secure: boolean;
  /** Value of the Proxy-Authorization header; a secret. */
  readonly authorization: string | undefined;
  /** `host:port`, for messages. */
  readonly name: string;
}

/** Where proxies come from; the first that says something counts. */
export interface ProxySettings {
  /** The setting of one server: an address, or false for none. */
  readonly server?: string | false | undefined;
  /** The editor's address (`http.proxy`). */
  readonly proxy?: string | undefined;
  /** What the editor sends to its proxy as Proxy-Authorization (`http.proxyAuthorization`), when its address has no credentials. */
  readonly proxyAuthorization?: string | undefined;
  /** The editor's exceptions (`http.noProxy`). */
  readonly noProxy?: readonly string[] | undefined;
  /** HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in either case; lower case wins. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * The proxy for an address, or undefined for a direct connection. Plain http on loopback (a sandbox) goes direct
 * unless the server itself names a proxy. Throws PS923 when the address of the proxy cannot be used.
 */
export function chooseProxy(url: URL, settings: ProxySettings): Proxy | undefined {
  if (settings.server === false) return undefined;
  if (settings.server !== undefined && settings.server !== '') return parseProxy(settings.server);
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return undefined;

  const environment = settings.environment ?? {};
  const exceptions = [
    ...(settings.noProxy ?? []),
    ...(environment['no_proxy'] ?? environment['NO_PROXY'] ?? '').split(/[\s,]+/),
  ];
  if (exceptions.some((exception) => matchesException(url, exception))) return undefined;

  if (settings.proxy !== undefined && settings.proxy !== '') {
    const proxy = parseProxy(settings.proxy);
    return { ...proxy, authorization: proxy.authorization ?? (settings.proxyAuthorization || undefined) };
  }
  const scheme = url.protocol.slice(0, -1);
  const address =
    environment[`${scheme}_proxy`] ||
    environment[`${scheme.toUpperCase()}_PROXY`] ||
    environment['all_proxy'] ||
    environment['ALL_PROXY'];
  return address === undefined || address === '' ? undefined : parseProxy(address);
}

/** Reads `http://[user:password@]host[:port]`; the scheme may be left out. Throws PS923. */
export function parseProxy(address: string): Proxy {
  const text = address.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || url.hostname === '' || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw networkFailure('PS923', [redactUrl(withScheme)]);
  }
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const user = decodeUserInfo(url.username);
  const password = decodeUserInfo(url.password);
  return {
    host: bareHost(url.hostname),
    port,
    secure,
    authorization:
      user === '' && password === ''
        ? undefined
        : `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`,
    name: `${url.hostname}:${port}`,
  };
}

/** A stray `%` in a password stands for itself. */
function decodeUserInfo(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `*`, `host`, `.domain`, `*.domain`, each with an optional `:port`; a plain name covers its subdomains, as in curl. */
function matchesException(url: URL, exception: string): boolean {
  const text = exception.trim().toLowerCase();
  if (text === '') return false;
  if (text === '*') return true;
  const host = bareHost(url.hostname).toLowerCase();
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(text);
  const named = /^([^:]*)(?::(\d+))?$/.exec(text);
  const pattern = bracketed?.[1] ?? named?.[1] ?? text;
  const port = bracketed?.[2] ?? named?.[2];
  if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false;
  const domain = pattern.replace(/^\*?\./, '');
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
}
