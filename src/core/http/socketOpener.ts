import { connect, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { ExplainedError } from '../problem/explainedError.ts';
import { abortReason } from './clock.ts';
import { probeCertificate, type CertificateFacts } from './certificateProbe.ts';
import { UnreadableCaError, type CertificateTrust } from './certificateTrust.ts';
import { errorCode, explainSendFailure, isUnknownIssuer, networkFailure } from './networkFailure.ts';
import type { Proxy } from './proxy.ts';
import { openTunnel } from './proxyTunnel.ts';
import { secureSocket } from './secureSocket.ts';

/** How to reach one origin. */
export interface Route {
  /** Host without brackets. */
  readonly host: string;
  readonly port: number;
  /** The host, with its port when that is not the usual one, for messages. */
  readonly name: string;
  /** undefined for plain http. */
  readonly trust: CertificateTrust | undefined;
  readonly proxy: Proxy | undefined;
}

/** Milliseconds. Through a proxy, `dns` and the first part of `connect` are the proxy's. */
export interface ConnectPhases {
  readonly dns: number;
  readonly connect: number;
  readonly tls: number;
}

export interface OpenedSocket {
  readonly socket: Socket;
  readonly phases: ConnectPhases;
}

/**
 * Opens a socket that is ready for HTTP: name look-up, connection (IPv6 and IPv4 side by side), tunnel, TLS.
 * Rejects with an `ExplainedError`, or with the signal's reason; no socket and no timer is left then.
 *
 * @param limit Milliseconds for all of it.
 */
export function openSocket(route: Route, limit: number, signal: AbortSignal): Promise<OpenedSocket> {
  return withAttempt(route, limit, signal, async (attempt) => {
    const { trust } = route;
    if (trust === undefined) return { socket: await attempt.reach(), phases: attempt.phases };
    const socket = trust.pin === undefined ? await attempt.verified(trust) : await attempt.pinned(trust, trust.pin);
    return { socket, phases: attempt.phases };
  });
}

/** Reads the certificate that the server presents now; nothing is sent to it. Rejects like `openSocket`. */
export function readCertificate(
  route: Route,
  trust: CertificateTrust,
  limit: number,
  signal: AbortSignal,
): Promise<CertificateFacts> {
  return withAttempt(route, limit, signal, (attempt) => attempt.probe(trust));
}

async function withAttempt<T>(
  route: Route,
  limit: number,
  signal: AbortSignal,
  work: (attempt: ConnectAttempt) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw abortReason(signal);
  const attempt = new ConnectAttempt(route, limit);
  const cancel = (): void => {
    attempt.stop(abortReason(signal));
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await work(attempt);
  } catch (error) {
    attempt.stop(error);
    if (signal.aborted) throw abortReason(signal);
    throw attempt.explain(error);
  } finally {
    attempt.finish();
    signal.removeEventListener('abort', cancel);
  }
}

type Stage = 'connect' | 'tunnel' | 'tls';

class ConnectAttempt {
  readonly #route: Route;
  readonly #limit: number;
  readonly #timer: NodeJS.Timeout;
  #stage: Stage = 'connect';
  #socket: Socket | undefined;
  #stopped: { readonly reason: unknown } | undefined;
  #dns = 0;
  #connect = 0;
  #tls = 0;

  constructor(route: Route, limit: number) {
    this.#route = route;
    this.#limit = limit;
    this.#timer = setTimeout(() => {
      this.stop(this.#timeout());
    }, limit);
  }

  get phases(): ConnectPhases {
    return { dns: this.#dns, connect: this.#connect, tls: this.#tls };
  }

  /** Ends the socket; whoever waits for it then fails, and `explain` gives this reason. */
  stop(reason: unknown): void {
    this.#stopped ??= { reason };
    this.#socket?.destroy();
  }

  finish(): void {
    clearTimeout(this.#timer);
  }

  /** The first reason counts: what a socket says after it was ended is of no interest. */
  explain(error: unknown): Error {
    const { reason } = this.#stopped ?? { reason: error };
    if (reason instanceof ExplainedError) return reason;
    if (reason instanceof UnreadableCaError) return networkFailure('PS948', [this.#route.name], reason);
    const { name, proxy } = this.#route;
    if (this.#stage === 'connect' && proxy !== undefined) {
      return networkFailure('PS921', [proxy.name, errorCode(reason) ?? 'no answer'], reason);
    }
    return explainSendFailure(reason, name, { connect: this.#limit, headerBytes: 0 });
  }

  /** A socket to the server, or a tunnel to it, without TLS. */
  async reach(): Promise<Socket> {
    const { host, port, proxy } = this.#route;
    this.#stage = 'connect';
    const socket = await this.#connectTo(proxy?.host ?? host, proxy?.port ?? port);
    if (proxy === undefined) return socket;

    const started = performance.now();
    this.#stage = 'tunnel';
    const toProxy = proxy.secure ? await this.#secureProxy(socket, proxy) : socket;
    await openTunnel(toProxy, proxy, `${host.includes(':') ? `[${host}]` : host}:${port}`);
    this.#connect += performance.now() - started;
    return toProxy;
  }

  /** TLS, checked against the authorities; the system's are added when the certificate needs them. */
  async verified(trust: CertificateTrust): Promise<Socket> {
    const { context } = trust;
    try {
      return await this.#secure(context, undefined);
    } catch (error) {
      if (this.#stopped !== undefined || !isUnknownIssuer(error)) throw error;
      // Another connection may have added them meanwhile.
      if (!trust.addSystemCertificates() && trust.context === context) throw error;
      return this.#secure(trust.context, undefined);
    }
  }

  /** TLS with the pinned certificate alone. Its text is read first when only the fingerprint is known. */
  async pinned(trust: CertificateTrust, pin: string): Promise<Socket> {
    let context = trust.pinnedContext;
    if (context === undefined) {
      const presented = await this.probe(trust);
      if (presented.sha256 !== pin) throw networkFailure('PS915', [this.#route.name, presented.sha256]);
      context = trust.usePinned(presented.pem);
    }
    try {
      return await this.#secure(context, pin);
    } catch (error) {
      const code = errorCode(error) ?? '';
      const other = isUnknownIssuer(error) || code === '' || code === 'ERR_TLS_CERT_ALTNAME_INVALID';
      if (this.#stopped !== undefined || !other) throw error;
      const presented = await this.probe(trust);
      throw networkFailure('PS915', [this.#route.name, presented.sha256], error);
    }
  }

  async probe(trust: CertificateTrust): Promise<CertificateFacts> {
    const socket = await this.reach();
    this.#stage = 'tls';
    return probeCertificate(socket, this.#route.host, trust.context);
  }

  async #secure(context: SecureContext, pin: string | undefined): Promise<Socket> {
    const raw = await this.reach();
    const started = performance.now();
    this.#stage = 'tls';
    const socket = await secureSocket(raw, this.#route.host, context, pin);
    this.#socket = socket;
    this.#tls += performance.now() - started;
    return socket;
  }

  async #secureProxy(socket: Socket, proxy: Proxy): Promise<Socket> {
    const { trust } = this.#route;
    if (trust === undefined) throw networkFailure('PS923', [`https://${proxy.name}`]);
    const secure = await secureSocket(socket, proxy.host, trust.context, undefined);
    this.#socket = secure;
    return secure;
  }

  #connectTo(host: string, port: number): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const started = performance.now();
      let lookedUp = started;
      const socket = connect({ host, port, autoSelectFamily: true, noDelay: true });
      this.#socket = socket;
      socket.once('lookup', () => {
        lookedUp = performance.now();
      });
      const fail = (error?: Error): void => {
        reject(error ?? new Error('closed'));
      };
      const closed = (): void => {
        fail();
      };
      // Stays for good: a socket that was given up may still report an error.
      socket.on('error', fail);
      socket.once('close', closed);
      socket.once('connect', () => {
        socket.off('close', closed);
        this.#dns += lookedUp - started;
        this.#connect += performance.now() - lookedUp;
        resolve(socket);
      });
      // A cancel may have come while an earlier step was between two waits.
      if (this.#stopped !== undefined) socket.destroy();
    });
  }

  #timeout(): Error {
    const { name, proxy } = this.#route;
    if (this.#stage === 'tls') return networkFailure('PS919', [name, this.#limit]);
    if (proxy !== undefined) return networkFailure('PS921', [proxy.name, `no answer within ${this.#limit} ms`]);
    return networkFailure('PS904', [name, this.#limit]);
  }
}
