import type { Event } from 'vscode';
import type { AccessToken, Credentials, SecretStore, Server } from '../../core/powerschool/server.ts';

/** What the store needs of the editor's SecretStorage. */
export interface SecretKeyring {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  readonly onDidChange: Event<{ readonly key: string }>;
}

/** What one SecretStorage entry holds. The origin binds it: a record is used for no other server address. */
interface SecretRecord {
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly token?: AccessToken | undefined;
}

const KEY_PREFIX = 'powerschool.server.';

/**
 * The one door to secrets: credentials and tokens of saved servers, in the editor's SecretStorage.
 * An entry that is missing or unreadable (no keyring, another machine) reads as undefined: "sign in again".
 */
export class SecretStorageStore implements SecretStore {
  readonly #keyring: SecretKeyring;
  /** Changes of one entry happen one after another: a token that arrives late must not bring back old credentials. */
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(keyring: SecretKeyring) {
    this.#keyring = keyring;
  }

  /** Ids of servers whose secrets changed, in this window or another. */
  onDidChange(listener: (serverId: string) => void): { dispose(): void } {
    const event: Event<{ readonly key: string }> = this.#keyring.onDidChange;
    return event(({ key }) => {
      if (key.startsWith(KEY_PREFIX)) listener(key.slice(KEY_PREFIX.length));
    });
  }

  async credentials(server: Server): Promise<Credentials | undefined> {
    const record = await this.#read(server);
    return record && { clientId: record.clientId, clientSecret: record.clientSecret };
  }

  /** Replaces the entry; a token of the old credentials goes with them. */
  storeCredentials(server: Server, credentials: Credentials): Promise<void> {
    const { clientId, clientSecret } = credentials;
    return this.#inTurn(server.id, () => this.#write(server.id, { origin: server.origin, clientId, clientSecret }));
  }

  async token(server: Server): Promise<AccessToken | undefined> {
    return (await this.#read(server))?.token;
  }

  /** Does nothing for a server whose credentials are gone or belong to another address. */
  storeToken(server: Server, token: AccessToken | undefined): Promise<void> {
    return this.#inTurn(server.id, async () => {
      const record = await this.#read(server);
      if (!record || (token === undefined && record.token === undefined)) return;
      await this.#write(server.id, { ...record, token });
    });
  }

  forget(serverId: string): Promise<void> {
    return this.#inTurn(serverId, async () => this.#keyring.delete(KEY_PREFIX + serverId));
  }

  #inTurn(serverId: string, change: () => Promise<void>): Promise<void> {
    const before = this.#queues.get(serverId) ?? Promise.resolve();
    const turn = before.then(change, change);
    this.#queues.set(serverId, turn);
    return turn;
  }

  async #read(server: Server): Promise<SecretRecord | undefined> {
    try {
      const text = await this.#keyring.get(KEY_PREFIX + server.id);
      const value: unknown = text === undefined ? undefined : JSON.parse(text);
      return isSecretRecord(value) && value.origin === server.origin ? value : undefined;
    } catch {
      // A locked keyring refuses, one from another computer gives what cannot be read: both mean "sign in again".
      return undefined;
    }
  }

  async #write(serverId: string, record: SecretRecord): Promise<void> {
    await this.#keyring.store(KEY_PREFIX + serverId, JSON.stringify(record));
  }
}

function isSecretRecord(value: unknown): value is SecretRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  return ['origin', 'clientId', 'clientSecret'].every((key) => typeof record[key] === 'string');
}
