import { randomUUID } from 'node:crypto';
import { newCredentials, type ClientCredentials, type InstalledPlugin } from './installedPlugin.ts';

/** 29 days: lives of 21 to 30 days were seen on real servers. */
const DEFAULT_LIFE_SECONDS = 29 * 24 * 3600;

interface IssuedToken {
  readonly value: string;
  readonly plugin: InstalledPlugin;
  readonly expiresAt: number;
}

export type TokenState =
  | { readonly kind: 'valid'; readonly plugin: InstalledPlugin }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

/** Issues and checks access tokens. A plugin has one token; asking again gives the same while it is valid. */
export class TokenDesk {
  readonly #plugins: () => readonly InstalledPlugin[];
  readonly #now: () => number;
  readonly #current = new Map<number, IssuedToken>();
  readonly #issued = new Map<string, IssuedToken>();
  /** Values that were valid once: they are told to have expired. */
  readonly #ended = new Set<string>();
  lifeSeconds = DEFAULT_LIFE_SECONDS;

  constructor(plugins: () => readonly InstalledPlugin[], now: () => number) {
    this.#plugins = plugins;
    this.#now = now;
  }

  /** The plugin that these credentials belong to. */
  pluginOf(credentials: ClientCredentials): InstalledPlugin | undefined {
    return this.#plugins().find(
      (plugin) =>
        plugin.credentials?.clientId === credentials.clientId &&
        plugin.credentials.clientSecret === credentials.clientSecret,
    );
  }

  /** The plugin's token and the seconds it has left. */
  issue(plugin: InstalledPlugin): { readonly value: string; readonly expiresIn: number } {
    let token = this.#current.get(plugin.id);
    if (token === undefined || token.expiresAt <= this.#now()) {
      if (token !== undefined) this.#end(token);
      token = { value: randomUUID(), plugin, expiresAt: this.#now() + this.lifeSeconds * 1000 };
      this.#current.set(plugin.id, token);
      this.#issued.set(token.value, token);
    }
    return { value: token.value, expiresIn: Math.ceil((token.expiresAt - this.#now()) / 1000) };
  }

  check(value: string): TokenState {
    const token = this.#issued.get(value);
    if (token === undefined) return { kind: this.#ended.has(value) ? 'expired' : 'unknown' };
    return token.expiresAt > this.#now() ? { kind: 'valid', plugin: token.plugin } : { kind: 'expired' };
  }

  /** Ends every token now, as time would. */
  expireAll(): void {
    for (const token of this.#issued.values()) this.#end(token);
  }

  /** What an administrator's *regenerate* does: new id and secret, the old token is worthless. */
  regenerate(plugin: InstalledPlugin): ClientCredentials {
    const token = this.#current.get(plugin.id);
    if (token !== undefined) this.#end(token);
    const credentials = newCredentials();
    plugin.credentials = credentials;
    return credentials;
  }

  #end(token: IssuedToken): void {
    this.#issued.delete(token.value);
    this.#current.delete(token.plugin.id);
    this.#ended.add(token.value);
  }
}
