import { lazyTransport } from '../http/lazyTransport.ts';
import type { Log } from '../http/logLine.ts';
import type { ProxySettings } from '../http/proxy.ts';
import { DEFAULT_TIMEOUTS, type Timeouts, type Transport } from '../http/transport.ts';
import type { TransportOptions } from '../http/undiciTransport.ts';
import { PowerSchoolClient } from './client.ts';
import type { SecretStore, Server } from './server.ts';

export interface CreateClientOptions {
  readonly server: Server;
  readonly secrets: SecretStore;
  /** Proxy of the editor and of the environment; the server's own setting is added. */
  readonly proxy?: Omit<ProxySettings, 'server'> | undefined;
  readonly log?: Log | undefined;
  /** Requests in flight at the same time. */
  readonly concurrency?: number | undefined;
  /** Milliseconds without an answer, or without more of it, after which a request ends. */
  readonly timeout?: number | undefined;
}

/** Transport and client of a server. Nothing is loaded and no socket is opened before the first request. */
export function createClient(options: CreateClientOptions): PowerSchoolClient {
  const { timeout, ...rest } = options;
  return new PowerSchoolClient({
    ...rest,
    transport: createServerTransport(options.server, options.proxy),
    timeouts: timeout === undefined ? undefined : timeoutsOf(timeout),
  });
}

/** The transport alone, with the network options of the server. */
export function createServerTransport(server: Server, proxy?: Omit<ProxySettings, 'server'>): Transport {
  return lazyTransport(async () => {
    const { createUndiciTransport } = await import('../http/undiciTransport.ts');
    return createUndiciTransport(transportOptions(server, proxy));
  });
}

/** What the transport and the certificate probe of a server need to know. */
export function transportOptions(server: Server, proxy?: Omit<ProxySettings, 'server'>): TransportOptions {
  const { ca, pinnedCertificate, proxy: own } = server.network ?? {};
  return {
    origin: server.origin,
    trust: { ca, pinnedCertificate },
    // The environment is the caller's unless it gives one.
    proxy: { environment: process.env, ...proxy, server: own },
  };
}

function timeoutsOf(timeout: number): Timeouts {
  return { connect: Math.min(DEFAULT_TIMEOUTS.connect, timeout), headers: timeout, idleBody: timeout };
}
