import type { NetworkOptions, Server } from '../../core/powerschool/server.ts';

/** The part of a `Memento` that the index needs. */
export interface IndexMemory {
  get<T>(key: string, fallback: T): T;
  update(key: string, value: unknown): PromiseLike<void>;
}

const INDEX_KEY = 'powerschool.servers';

/**
 * The safe half of the saved servers: names, addresses, kinds, certificates; never a secret. It lives in the
 * editor's global state, not in settings: a repository could write those. Every change starts from what is there
 * now, since another window may have changed it.
 */
export class ServerIndex {
  readonly #memory: IndexMemory;

  constructor(memory: IndexMemory) {
    this.#memory = memory;
  }

  /** In the order of adding. */
  get servers(): readonly Server[] {
    return this.#memory.get<readonly unknown[]>(INDEX_KEY, []).flatMap((value) => readServer(value) ?? []);
  }

  async add(server: Server): Promise<void> {
    await this.#memory.update(INDEX_KEY, [...this.servers, server]);
  }

  /** Does nothing when the server was removed meanwhile. */
  async replace(server: Server): Promise<void> {
    await this.#memory.update(
      INDEX_KEY,
      this.servers.map((known) => (known.id === server.id ? server : known)),
    );
  }

  async remove(id: string): Promise<void> {
    await this.#memory.update(
      INDEX_KEY,
      this.servers.filter((server) => server.id !== id),
    );
  }
}

/** A stored value as a server, or undefined; parts that are not understood are left out. */
function readServer(value: unknown): Server | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, name, origin, kind, network } = value as Record<string, unknown>;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof origin !== 'string') return undefined;
  if (kind !== 'production' && kind !== 'test' && kind !== 'sandbox') return undefined;
  const known = readNetwork(network);
  return { id, name, origin, kind, ...(known ? { network: known } : {}) };
}

/** Of the proxy only "none" is kept: an address may carry a password. */
function readNetwork(value: unknown): NetworkOptions | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { ca, pinnedCertificate, proxy } = value as Record<string, unknown>;
  const authorities = Array.isArray(ca) ? ca.filter((pem) => typeof pem === 'string') : [];
  return compactNetwork({
    ca: authorities,
    pinnedCertificate: typeof pinnedCertificate === 'string' ? pinnedCertificate : undefined,
    proxy: proxy === false ? false : undefined,
  });
}

/** Without what says nothing; undefined when nothing is left. */
export function compactNetwork({ ca, pinnedCertificate, proxy }: NetworkOptions): NetworkOptions | undefined {
  const network: NetworkOptions = {
    ...(ca && ca.length > 0 ? { ca } : {}),
    ...(pinnedCertificate ? { pinnedCertificate } : {}),
    ...(proxy === false ? { proxy } : {}),
  };
  return Object.keys(network).length > 0 ? network : undefined;
}
