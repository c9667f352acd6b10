import { abortReason } from './clock.ts';
import { ACCEPT_ENCODING } from './bodyDecoding.ts';
import { CertificateTrust, type TrustSettings } from './certificateTrust.ts';
import { ConnectionPool } from './connectionPool.ts';
import { Exchange } from './exchange.ts';
import { networkFailure } from './networkFailure.ts';
import { bareHost } from './loopback.ts';
import { chooseProxy, type ProxySettings } from './proxy.ts';
import type { Route } from './socketOpener.ts';
import type { HttpRequest, HttpResponse, Transport } from './transport.ts';

/** How one server is reached. Other origins get the proxy, but not the server's own trust. */
export interface TransportOptions {
  /** The origin that `trust` belongs to; undefined: to every origin. */
  readonly origin?: string | undefined;
  readonly trust?: TrustSettings | undefined;
  readonly proxy?: ProxySettings | undefined;
}

/** The transport that opens sockets: HTTP/1.1 with kept-alive connections, gzip, deflate and br. */
export function createSocketTransport(options: TransportOptions = {}): Transport {
  const pools = new Map<string, ConnectionPool>();
  const running = new Set<Exchange>();
  const routes = new RoutePlanner(options);
  let closed = false;

  const poolOf = (url: URL): ConnectionPool => {
    let pool = pools.get(url.origin);
    if (pool === undefined) {
      const target = new URL(url.origin);
      pool = new ConnectionPool(() => routes.routeTo(target));
      pools.set(url.origin, pool);
    }
    return pool;
  };

  return {
    async send(request: HttpRequest): Promise<HttpResponse> {
      const { url, signal } = request;
      if (signal?.aborted === true) throw abortReason(signal);
      if (closed) throw networkFailure('PS909', ['the connection was closed']);
      if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        throw networkFailure('PS909', [`${url.protocol}// is not http`]);
      }
      const headers = rawHeaders(request);
      const exchange = new Exchange(request, poolOf(url), () => running.delete(exchange));
      running.add(exchange);
      return exchange.start(headers);
    },

    async close(): Promise<void> {
      closed = true;
      const reason = new DOMException('The connection was closed', 'AbortError');
      for (const exchange of running) exchange.fail(reason);
      for (const pool of pools.values()) pool.destroy();
    },
  };
}

/** Decides the way to an origin: proxy or not, and which certificates count. */
export class RoutePlanner {
  readonly #options: TransportOptions;
  readonly #trusts = new Map<string, CertificateTrust>();

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** Throws PS923 when the proxy address cannot be used. */
  routeTo(url: URL): Route {
    const secure = url.protocol === 'https:';
    return {
      host: bareHost(url.hostname),
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
      name: url.host,
      trust: secure ? this.trustOf(url.origin) : undefined,
      proxy: chooseProxy(url, this.#options.proxy ?? {}),
    };
  }

  trustOf(origin: string): CertificateTrust {
    let trust = this.#trusts.get(origin);
    if (trust === undefined) {
      const { origin: own, trust: settings } = this.#options;
      const applies = own === undefined || own === origin;
      trust = new CertificateTrust(applies ? (settings ?? {}) : { systemCertificates: settings?.systemCertificates });
      this.#trusts.set(origin, trust);
    }
    return trust;
  }
}

/** Length and connection are the transport's business. */
const OWN_HEADERS = new Set(['content-length', 'connection', 'keep-alive']);
/** These would change how the bytes of the request are read. */
const REFUSED_HEADERS = new Set(['transfer-encoding', 'expect', 'upgrade']);

/** All headers of a request: name, value, name, value … Throws PS909 for one that cannot be sent. */
function rawHeaders({ method, url, headers, body }: HttpRequest): string[] {
  const raw: string[] = [];
  const given = new Set<string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (REFUSED_HEADERS.has(key)) throw networkFailure('PS909', [`invalid ${name} header`]);
    if (OWN_HEADERS.has(key)) continue;
    given.add(key);
    raw.push(name, value);
  }
  if (!given.has('host')) raw.unshift('Host', url.host);
  if (!given.has('accept-encoding')) raw.push('Accept-Encoding', ACCEPT_ENCODING);
  const length = Buffer.byteLength(body ?? '');
  if (length > 0 || EXPECT_LENGTH.has(method)) raw.push('Content-Length', String(length));
  raw.push('Connection', 'keep-alive');
  return raw;
}

/** A server expects a length of these, even of no body. */
const EXPECT_LENGTH = new Set(['POST', 'PUT', 'PATCH']);
