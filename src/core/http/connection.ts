import type { Socket } from 'node:net';
import type Client from 'undici/lib/dispatcher/client.js';
import type { DispatchHandler, DispatchOptions } from 'undici/lib/dispatcher/client.js';
import { openSocket, type ConnectPhases, type Route } from './socketOpener.ts';

/** Bytes of headers that an answer may have. */
export const MOST_HEADER_BYTES = 64 * 1024;
/** How long (ms) an unused connection is kept when the server does not say. */
const KEEP_ALIVE = 4_000;

const NO_PHASES: ConnectPhases = { dns: 0, connect: 0, tls: 0 };

/**
 * One kept-alive connection to one origin, for one request at a time. It opens with the first request and opens anew
 * when the server has closed it meanwhile.
 */
export class Connection {
  /** Milliseconds for opening; the request about to be sent sets it. */
  connectLimit = 0;
  readonly #client: Client;
  readonly #opening = new AbortController();
  #phases = NO_PHASES;

  constructor(ClientClass: typeof Client, origin: string, route: () => Route) {
    this.#client = new ClientClass(origin, {
      allowH2: false,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE,
      maxHeaderSize: MOST_HEADER_BYTES,
      connect: (_target, callback) => {
        this.#open(route).then(
          (socket) => {
            callback(null, socket);
          },
          (error: unknown) => {
            callback(error instanceof Error ? error : new Error(String(error)), null);
          },
        );
      },
    });
  }

  async #open(route: () => Route): Promise<Socket> {
    const { socket, phases } = await openSocket(route(), this.connectLimit, this.#opening.signal);
    this.#phases = phases;
    return socket;
  }

  dispatch(options: DispatchOptions, handler: DispatchHandler): void {
    this.#client.dispatch(options, handler);
  }

  /** What opening cost the request that now starts; nothing for the ones after it. */
  takePhases(): ConnectPhases {
    const phases = this.#phases;
    this.#phases = NO_PHASES;
    return phases;
  }

  /** Ends the socket, open or opening; a running request fails with `reason`. */
  async destroy(reason?: Error): Promise<void> {
    const destroyed = this.#client.destroy(reason);
    this.#opening.abort(reason);
    await destroyed;
  }
}
