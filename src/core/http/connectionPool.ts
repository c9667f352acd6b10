import { Agent, ClientRequest, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import { openSocket, type ConnectPhases, type Route } from './socketOpener.ts';

/** Bytes of headers that an answer may have. */
export const MOST_HEADER_BYTES = 64 * 1024;
/** How long (ms) an unused connection is kept; less when the server says so. */
const KEEP_ALIVE = 4_000;

/** How a request waits for its connection, when one has to be opened. */
export interface Opening {
  /** Milliseconds. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

interface PooledRequest extends ClientRequestArgs {
  readonly opening: Opening;
}

/**
 * The kept-alive connections to one origin: the one used last is used next, another is opened when all are busy. How
 * many requests are in flight is not decided here (see `inFlightLimit.ts`).
 *
 * The request is made by its class and not by `http.request`: the editor replaces that one with its own way to proxies.
 */
export class ConnectionPool extends Agent {
  readonly #route: () => Route;
  readonly #phases = new WeakMap<Duplex, ConnectPhases>();

  /** `route` is asked at each opening; it may throw an `ExplainedError`. */
  constructor(route: () => Route) {
    super({ keepAlive: true, timeout: KEEP_ALIVE });
    this.#route = route;
  }

  /**
   * A request that takes a connection when it is ended. Throws Node's error for a method or a header that cannot be.
   *
   * @param headers Name, value, name, value …, all of them.
   */
  request(method: string, path: string, headers: readonly string[], opening: Opening): ClientRequest {
    const request: PooledRequest = {
      agent: this,
      method,
      path,
      headers,
      maxHeaderSize: MOST_HEADER_BYTES,
      opening,
    };
    return new ClientRequest(request);
  }

  override createConnection(
    { opening }: PooledRequest,
    opened: (error: Error | null, socket?: Duplex) => void,
  ): undefined {
    this.#open(opening).then(
      (socket) => {
        opened(null, socket);
      },
      (error: unknown) => {
        opened(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }

  async #open({ limit, signal }: Opening): Promise<Duplex> {
    const { socket, phases } = await openSocket(this.#route(), limit, signal);
    this.#phases.set(socket, phases);
    return socket;
  }

  /** What opening cost the first request on this connection; undefined for the ones after it. */
  takePhases(socket: Duplex): ConnectPhases | undefined {
    const phases = this.#phases.get(socket);
    this.#phases.delete(socket);
    return phases;
  }
}
