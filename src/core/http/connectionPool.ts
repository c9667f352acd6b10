import type Client from 'undici/lib/dispatcher/client.js';
import { Connection } from './connection.ts';
import type { Route } from './socketOpener.ts';

/**
 * The connections to one origin: the one used last is used next, another is opened when all are busy. How many
 * requests are in flight is not decided here (see `inFlightLimit.ts`).
 */
export class ConnectionPool {
  readonly #client: typeof Client;
  readonly #origin: string;
  readonly #route: () => Route;
  readonly #all = new Set<Connection>();
  readonly #idle: Connection[] = [];

  /** `route` is asked at each opening; it may throw an `ExplainedError`. */
  constructor(client: typeof Client, origin: string, route: () => Route) {
    this.#client = client;
    this.#origin = origin;
    this.#route = route;
  }

  take(): Connection {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    const connection = new Connection(this.#client, this.#origin, this.#route);
    this.#all.add(connection);
    return connection;
  }

  /** Gives a connection back after a complete answer. */
  giveBack(connection: Connection): void {
    if (this.#all.has(connection)) this.#idle.push(connection);
  }

  /** Ends a connection whose state is not known any more. */
  discard(connection: Connection): void {
    this.#all.delete(connection);
    void connection.destroy();
  }

  async close(): Promise<void> {
    const connections = [...this.#all];
    this.#all.clear();
    this.#idle.length = 0;
    const reason = new DOMException('The connection was closed', 'AbortError');
    await Promise.all(connections.map((connection) => connection.destroy(reason)));
  }
}
