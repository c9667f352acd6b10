import { EventEmitter, type Memento } from 'vscode';
import type {
  AccessToken,
  Credentials,
  NetworkOptions,
  SecretStore,
  Server,
  ServerKind,
} from '../../core/powerschool/server.ts';
import { MemorySecretStore } from '../adapters/memorySecrets.ts';
import type { SecretStorageStore } from '../adapters/secretStorage.ts';
import { ServerIndex } from './serverIndex.ts';

const ACTIVE_KEY = 'powerschool.activeServer';

export interface ServerRegistryPorts {
  /** Where the index of servers lives, without anything secret. */
  readonly globalState: Memento;
  /** Which server this workspace uses. */
  readonly workspaceState: Memento;
  readonly secrets: SecretStorageStore;
  readonly newId: () => string;
}

/** The servers the user has added, which of them is active here, and the door to their secrets. */
export class ServerRegistry implements SecretStore {
  readonly #ports: ServerRegistryPorts;
  readonly #index: ServerIndex;
  readonly #sessionServers = new Map<string, Server>();
  readonly #sessionSecrets = new MemorySecretStore();
  readonly #changed = new EventEmitter<void>();
  readonly #secretsChanged = new EventEmitter<string>();
  readonly #subscription: { dispose(): void };
  /** The index as it was last told about. */
  #told: string;

  /** Servers, the active one or a secret changed. */
  readonly onDidChange = this.#changed.event;
  /** Id of a server whose secrets changed, in this window or another. */
  readonly onDidChangeSecrets = this.#secretsChanged.event;

  constructor(ports: ServerRegistryPorts) {
    this.#ports = ports;
    this.#index = new ServerIndex(ports.globalState);
    this.#told = JSON.stringify(this.#index.servers);
    this.#subscription = ports.secrets.onDidChange((id) => {
      this.#secretsChanged.fire(id);
      this.#tell();
    });
  }

  /** In the order of adding; servers of this session first. */
  get servers(): readonly Server[] {
    return [...this.#sessionServers.values(), ...this.#index.servers];
  }

  /**
   * The server that was selected. When that one is gone another takes its place, but a production server never does
   * so by itself. A workspace that never selected one uses the first.
   */
  get active(): Server | undefined {
    const id = this.#ports.workspaceState.get<string>(ACTIVE_KEY);
    const { servers } = this;
    if (id === undefined) return servers[0];
    return servers.find((server) => server.id === id) ?? servers.find(({ kind }) => kind !== 'production');
  }

  find(id: string): Server | undefined {
    return this.servers.find((server) => server.id === id);
  }

  /** By the name of a `# @server` line, in any letter case. */
  findByName(name: string): Server | undefined {
    const wanted = name.trim().toLowerCase();
    return this.servers.find((server) => server.name.toLowerCase() === wanted);
  }

  /** Kept across windows and restarts; false for a server of this session. */
  isStored(server: Server): boolean {
    return !this.#sessionServers.has(server.id);
  }

  async select(id: string): Promise<void> {
    await this.#ports.workspaceState.update(ACTIVE_KEY, id);
    this.#tell();
  }

  /** Adds a server and makes it the active one of this workspace. */
  async add(draft: NewServer, credentials: Credentials): Promise<Server> {
    const server: Server = { id: this.#ports.newId(), ...draft };
    // The index first: what breaks off in between is a server to sign in to, not a secret that nobody removes.
    await this.#index.add(server);
    try {
      await this.#ports.secrets.storeCredentials(server, credentials);
    } finally {
      await this.select(server.id);
    }
    return server;
  }

  /**
   * Replaces a server. Without credentials those it has stay, unless its address changed: old secrets are never sent
   * to a new address.
   */
  async update(server: Server, credentials?: Credentials): Promise<void> {
    if (this.#sessionServers.has(server.id)) {
      this.#sessionServers.set(server.id, server);
      if (credentials) this.#sessionSecrets.keep(server, credentials);
      return this.#tell();
    }
    const before = this.find(server.id);
    if (!before) return;
    await this.#index.replace(server);
    if (credentials) await this.#ports.secrets.storeCredentials(server, credentials);
    else if (before.origin !== server.origin) await this.#ports.secrets.forget(server.id);
    this.#tell();
  }

  /** Changes parts of a server as it is now, maybe edited in another window meanwhile. */
  async change(id: string, parts: ServerParts): Promise<void> {
    const server = this.find(id);
    if (!server) return;
    const { network, ...rest } = { ...server, ...parts };
    await this.update({ ...rest, ...(network ? { network } : {}) });
  }

  async remove(id: string): Promise<void> {
    if (this.#sessionServers.delete(id)) {
      this.#sessionSecrets.forget(id);
    } else {
      await this.#ports.secrets.forget(id);
      await this.#index.remove(id);
    }
    this.#tell();
  }

  /** A server that ends with this window; its secrets never leave memory. */
  addForSession(server: Server, credentials: Credentials): void {
    this.#sessionServers.set(server.id, server);
    this.#sessionSecrets.keep(server, credentials);
    this.#tell();
  }

  /** Tells of changes that another window made to the index, for which the editor has no event. */
  noticeOtherWindows(): void {
    if (JSON.stringify(this.#index.servers) !== this.#told) this.#tell();
  }

  credentials(server: Server): Promise<Credentials | undefined> {
    return this.#secretsOf(server).credentials(server);
  }

  token(server: Server): Promise<AccessToken | undefined> {
    return this.#secretsOf(server).token(server);
  }

  storeToken(server: Server, token: AccessToken | undefined): Promise<void> {
    return this.#secretsOf(server).storeToken(server, token);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#secretsChanged.dispose();
    this.#changed.dispose();
  }

  #tell(): void {
    this.#told = JSON.stringify(this.#index.servers);
    this.#changed.fire();
  }

  #secretsOf(server: Server): SecretStore {
    return this.#sessionServers.has(server.id) ? this.#sessionSecrets : this.#ports.secrets;
  }
}

export interface NewServer {
  readonly name: string;
  readonly origin: string;
  readonly kind: ServerKind;
  readonly network?: NetworkOptions | undefined;
}

/** `network: undefined` is a change too: back to the defaults. */
export interface ServerParts {
  readonly name?: string;
  readonly kind?: ServerKind;
  readonly network?: NetworkOptions | undefined;
}
