import { workspace, type Disposable, type LogOutputChannel } from 'vscode';
import type { PowerSchoolClient } from '../../core/powerschool/client.ts';
import type { SecretStore, Server } from '../../core/powerschool/server.ts';
import { readNetworkSettings } from '../adapters/network.ts';
import { SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import type { ServerRegistry } from './serverRegistry.ts';

export interface ServerClientsOptions {
  readonly registry: ServerRegistry;
  readonly log: Pick<LogOutputChannel, 'debug' | 'info' | 'warn'>;
}

/** One client for each server, made when first needed, closed when the server or its network changes. */
export class ServerClients implements Disposable {
  readonly #options: ServerClientsOptions;
  readonly #clients = new Map<string, { server: Server; client: Promise<PowerSchoolClient> }>();
  readonly #subscriptions: Disposable[];

  constructor(options: ServerClientsOptions) {
    this.#options = options;
    this.#subscriptions = [
      options.registry.onDidChange(() => this.#closeChanged()),
      options.registry.onDidChangeSecrets((id) => void this.#compareToken(id)),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('http') || change.affectsConfiguration(SETTINGS_SECTION)) this.#closeAll();
      }),
    ];
  }

  clientFor(server: Server): Promise<PowerSchoolClient> {
    const known = this.#clients.get(server.id);
    if (known) return known.client;
    const client = this.open(server, this.#options.registry);
    this.#clients.set(server.id, { server, client });
    return client;
  }

  /** A client that the caller closes: for a server that is not saved yet. */
  async open(server: Server, secrets: SecretStore): Promise<PowerSchoolClient> {
    const { createClient } = await import('../../core/powerschool/createClient.ts');
    const settings = workspace.getConfiguration(SETTINGS_SECTION);
    const { log } = this.#options;
    return createClient({
      server,
      secrets,
      ...readNetworkSettings(),
      concurrency: settings.get<number>(SETTINGS.concurrency, 4),
      timeout: settings.get<number>(SETTINGS.timeout, 60) * 1000,
      log: ({ level, text }) => log[level](text),
    });
  }

  /** Drops the token of a server in memory and in the store; the next request signs in. */
  async forgetToken(server: Server): Promise<void> {
    await (await this.clientFor(server)).tokens.forget();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#closeAll();
  }

  #closeChanged(): void {
    for (const [id, { server }] of this.#clients) {
      const now = this.#options.registry.find(id);
      if (!now || connectionOf(now) !== connectionOf(server)) this.#close(id);
      // Messages bear the name: the next request gets a new client, running ones go on with the old.
      else if (now.name !== server.name) this.#clients.delete(id);
    }
  }

  /** A token that was renewed or forgotten elsewhere is dropped here; what this window stored itself is the same. */
  async #compareToken(id: string): Promise<void> {
    const known = this.#clients.get(id);
    if (!known) return;
    const [{ tokens }, stored] = await Promise.all([known.client, this.#options.registry.token(known.server)]);
    if (tokens.held !== stored?.value) tokens.forgetHeld();
  }

  #closeAll(): void {
    for (const id of this.#clients.keys()) this.#close(id);
  }

  #close(id: string): void {
    const known = this.#clients.get(id);
    this.#clients.delete(id);
    void known?.client.then((client) => client.close());
  }
}

/** Where a client is connected, and how. */
function connectionOf({ origin, network }: Server): string {
  return JSON.stringify([origin, network]);
}
