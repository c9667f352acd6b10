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

/**
 * The transport that opens sockets: HTTP/1.1 with kept-alive connections, gzip, deflate and br. It loads undici when
 * it is created, by the file of one class; undici's index, which sets a process-wide dispatcher, stays out.
 */
export async function createUndiciTransport(options: TransportOptions = {}): Promise<Transport> {
  const { default: Client } = await import('undici/lib/dispatcher/client.js');
  const pools = new Map<string, ConnectionPool>();
  const routes = new RoutePlanner(options);
  let closed = false;

  const poolOf = (url: URL): ConnectionPool => {
    let pool = pools.get(url.origin);
    if (pool === undefined) {
      const target = new URL(url.origin);
      pool = new ConnectionPool(Client, url.origin, () => routes.routeTo(target));
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
      const pool = poolOf(url);
      const connection = pool.take();
      const exchange = new Exchange(request, connection, (reusable) => {
        if (reusable) pool.giveBack(connection);
        else pool.discard(connection);
      });
      return exchange.start(rawHeaders(request));
    },

    async close(): Promise<void> {
      closed = true;
      await Promise.all([...pools.values()].map((pool) => pool.close()));
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

/** Headers as undici takes them; length and connection are its business. */
function rawHeaders(request: HttpRequest): string[] {
  const raw: string[] = [];
  let encoding = false;
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase();
    if (key === 'content-length' || key === 'connection' || key === 'keep-alive') continue;
    if (key === 'accept-encoding') encoding = true;
    raw.push(name, value);
  }
  if (!encoding) raw.push('Accept-Encoding', ACCEPT_ENCODING);
  return raw;
}
