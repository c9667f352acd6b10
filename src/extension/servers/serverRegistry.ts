import { EventEmitter, type Memento } from 'vscode';
import type { AccessToken, Credentials, SecretStore, Server, ServerKind } from '../../core/powerschool/server.ts';
import { MemorySecretStore } from '../adapters/memorySecrets.ts';
import type { SecretStorageStore } from '../adapters/secretStorage.ts';

const INDEX_KEY = 'powerschool.servers';
const ACTIVE_KEY = 'powerschool.activeServer';

export interface ServerRegistryPorts {
  /** The index of servers, without anything secret. Not in settings: a repository could write those. */
  readonly globalState: Memento;
  /** Which server this workspace uses. */
  readonly workspaceState: Memento;
  readonly secrets: SecretStorageStore;
  readonly newId: () => string;
}

/** The servers the user has added, which of them is active here, and the door to their secrets. */
export class ServerRegistry implements SecretStore {
  readonly #ports: ServerRegistryPorts;
  readonly #sessionServers = new Map<string, Server>();
  readonly #sessionSecrets = new MemorySecretStore();
  readonly #changed = new EventEmitter<void>();
  readonly #subscription: { dispose(): void };

  /** Servers, the active one or a secret changed. */
  readonly onDidChange = this.#changed.event;

  constructor(ports: ServerRegistryPorts) {
    this.#ports = ports;
    this.#subscription = ports.secrets.onDidChange(() => this.#changed.fire());
  }

  /** In the order of adding; servers of this session first. */
  get servers(): readonly Server[] {
    return [...this.#sessionServers.values(), ...this.#stored()];
  }

  get active(): Server | undefined {
    const id = this.#ports.workspaceState.get<string>(ACTIVE_KEY);
    return this.servers.find((server) => server.id === id) ?? this.servers[0];
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
    this.#changed.fire();
  }

  /** Adds a server and makes it the active one of this workspace. */
  async add(draft: NewServer, credentials: Credentials): Promise<Server> {
    const server: Server = { id: this.#ports.newId(), ...draft };
    await this.#ports.secrets.storeCredentials(server, credentials);
    await this.#ports.globalState.update(INDEX_KEY, [...this.#stored(), server]);
    await this.select(server.id);
    return server;
  }

  /** After a change of address the old secrets are never sent to the new one: they are asked for again. */
  async update(server: Server, credentials: Credentials | undefined): Promise<void> {
    if (credentials) await this.#ports.secrets.storeCredentials(server, credentials);
    await this.#ports.globalState.update(
      INDEX_KEY,
      this.#stored().map((known) => (known.id === server.id ? server : known)),
    );
    this.#changed.fire();
  }

  async remove(id: string): Promise<void> {
    if (this.#sessionServers.delete(id)) {
      this.#sessionSecrets.forget(id);
    } else {
      await this.#ports.secrets.forget(id);
      await this.#ports.globalState.update(
        INDEX_KEY,
        this.#stored().filter((server) => server.id !== id),
      );
    }
    this.#changed.fire();
  }

  /** A server that ends with this window; its secrets never leave memory. */
  addForSession(server: Server, credentials: Credentials): void {
    this.#sessionServers.set(server.id, server);
    this.#sessionSecrets.keep(server, credentials);
    this.#changed.fire();
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
    this.#changed.dispose();
  }

  #secretsOf(server: Server): SecretStore {
    return this.#sessionServers.has(server.id) ? this.#sessionSecrets : this.#ports.secrets;
  }

  #stored(): readonly Server[] {
    return this.#ports.globalState.get<unknown[]>(INDEX_KEY, []).filter(isServer);
  }
}

export interface NewServer {
  readonly name: string;
  readonly origin: string;
  readonly kind: ServerKind;
}

function isServer(value: unknown): value is Server {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  return (
    typeof record['id'] === 'string' &&
    typeof record['name'] === 'string' &&
    typeof record['origin'] === 'string' &&
    (record['kind'] === 'production' || record['kind'] === 'test' || record['kind'] === 'sandbox')
  );
}
