import { workspace, type Disposable, type LogOutputChannel } from 'vscode';
import type { PowerSchoolClient } from '../../core/powerschool/client.ts';
import type { SecretStore, Server } from '../../core/powerschool/server.ts';
import { readProxySettings } from '../adapters/network.ts';
import { SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import type { ServerRegistry } from './serverRegistry.ts';

export interface ServerClientsOptions {
  readonly registry: ServerRegistry;
  readonly log: LogOutputChannel;
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
      proxy: readProxySettings(),
      concurrency: settings.get<number>(SETTINGS.concurrency, 4),
      timeout: settings.get<number>(SETTINGS.timeout, 60) * 1000,
      log: ({ level, text }) => log[level](text),
    });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#closeAll();
  }

  #closeChanged(): void {
    for (const [id, { server }] of this.#clients) {
      const now = this.#options.registry.find(id);
      if (!now || now.origin !== server.origin || now.network !== server.network) this.#close(id);
    }
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
