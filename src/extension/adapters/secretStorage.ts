import type { Event, SecretStorage } from 'vscode';
import type { AccessToken, Credentials, SecretStore, Server } from '../../core/powerschool/server.ts';

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
  readonly #storage: SecretStorage;

  constructor(storage: SecretStorage) {
    this.#storage = storage;
  }

  /** Ids of servers whose secrets changed, in this window or another. */
  onDidChange(listener: (serverId: string) => void): { dispose(): void } {
    const event: Event<{ readonly key: string }> = this.#storage.onDidChange;
    return event(({ key }) => {
      if (key.startsWith(KEY_PREFIX)) listener(key.slice(KEY_PREFIX.length));
    });
  }

  async credentials(server: Server): Promise<Credentials | undefined> {
    const record = await this.#read(server);
    return record && { clientId: record.clientId, clientSecret: record.clientSecret };
  }

  async storeCredentials(server: Server, credentials: Credentials): Promise<void> {
    await this.#write(server.id, { origin: server.origin, ...credentials });
  }

  async token(server: Server): Promise<AccessToken | undefined> {
    return (await this.#read(server))?.token;
  }

  async storeToken(server: Server, token: AccessToken | undefined): Promise<void> {
    const record = await this.#read(server);
    if (record) await this.#write(server.id, { ...record, token });
  }

  async forget(serverId: string): Promise<void> {
    await this.#storage.delete(KEY_PREFIX + serverId);
  }

  async #read(server: Server): Promise<SecretRecord | undefined> {
    const text = await this.#storage.get(KEY_PREFIX + server.id);
    if (text === undefined) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      return isSecretRecord(value) && value.origin === server.origin ? value : undefined;
    } catch {
      return undefined;
    }
  }

  async #write(serverId: string, record: SecretRecord): Promise<void> {
    await this.#storage.store(KEY_PREFIX + serverId, JSON.stringify(record));
  }
}

function isSecretRecord(value: unknown): value is SecretRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  return ['origin', 'clientId', 'clientSecret'].every((key) => typeof record[key] === 'string');
}
