import { lazyTransport } from '../http/lazyTransport.ts';
import type { Log } from '../http/logLine.ts';
import type { ProxySettings } from '../http/proxy.ts';
import { DEFAULT_TIMEOUTS, type Timeouts, type Transport } from '../http/transport.ts';
import type { TransportOptions } from '../http/undiciTransport.ts';
import { PowerSchoolClient } from './client.ts';
import type { SecretStore, Server } from './server.ts';

/** The network as the editor or the command line knows it; the server's own settings are added. */
export interface NetworkSettings {
  /** Proxy of the editor; that of the environment is looked up. */
  readonly proxy?: Omit<ProxySettings, 'server'> | undefined;
  /** Also trust the authorities of the operating system; true when left out. */
  readonly systemCertificates?: boolean | undefined;
}

export interface CreateClientOptions extends NetworkSettings {
  readonly server: Server;
  readonly secrets: SecretStore;
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
    transport: createServerTransport(options.server, options),
    timeouts: timeout === undefined ? undefined : timeoutsOf(timeout),
  });
}

/** The transport alone, with the network options of the server. */
export function createServerTransport(server: Server, network: NetworkSettings = {}): Transport {
  return lazyTransport(async () => {
    const { createUndiciTransport } = await import('../http/undiciTransport.ts');
    return createUndiciTransport(transportOptions(server, network));
  });
}

/** What the transport and the certificate probe of a server need to know. */
export function transportOptions(server: Server, network: NetworkSettings = {}): TransportOptions {
  const { ca, pinnedCertificate, proxy: own } = server.network ?? {};
  return {
    origin: server.origin,
    trust: { ca, pinnedCertificate, systemCertificates: network.systemCertificates },
    // The environment is the caller's unless it gives one.
    proxy: { environment: process.env, ...network.proxy, server: own },
  };
}

function timeoutsOf(timeout: number): Timeouts {
  return { connect: Math.min(DEFAULT_TIMEOUTS.connect, timeout), headers: timeout, idleBody: timeout };
}
