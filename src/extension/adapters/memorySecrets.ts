import type { AccessToken, Credentials, SecretStore, Server } from '../../core/powerschool/server.ts';

/** Secrets of servers that live only as long as this window: the development server and the sandbox's own. */
export class MemorySecretStore implements SecretStore {
  readonly #credentials = new Map<string, { origin: string; credentials: Credentials }>();
  readonly #tokens = new Map<string, AccessToken>();

  keep(server: Server, credentials: Credentials): void {
    this.#credentials.set(server.id, { origin: server.origin, credentials });
    this.#tokens.delete(server.id);
  }

  has(serverId: string): boolean {
    return this.#credentials.has(serverId);
  }

  forget(serverId: string): void {
    this.#credentials.delete(serverId);
    this.#tokens.delete(serverId);
  }

  async credentials(server: Server): Promise<Credentials | undefined> {
    const kept = this.#credentials.get(server.id);
    return kept?.origin === server.origin ? kept.credentials : undefined;
  }

  async token(server: Server): Promise<AccessToken | undefined> {
    return this.#tokens.get(server.id);
  }

  async storeToken(server: Server, token: AccessToken | undefined): Promise<void> {
    if (token) this.#tokens.set(server.id, token);
    else this.#tokens.delete(server.id);
  }
}
