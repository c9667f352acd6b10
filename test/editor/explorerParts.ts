import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../../src/core/powerschool/createClient.ts';
import type { PowerSchoolClient } from '../../src/core/powerschool/client.ts';
import type { Server } from '../../src/core/powerschool/server.ts';
import { SecretStorageStore } from '../../src/extension/adapters/secretStorage.ts';
import { Composition } from '../../src/extension/explorer/composition.ts';
import type { ExplorerNode } from '../../src/extension/explorer/explorerNode.ts';
import { ExplorerTree } from '../../src/extension/explorer/explorerTree.ts';
import { FactsFolder } from '../../src/extension/explorer/factsFolder.ts';
import { ServerKnowledge } from '../../src/extension/explorer/serverKnowledge.ts';
import { ServerReads } from '../../src/extension/explorer/serverReads.ts';
import { ServerRegistry } from '../../src/extension/servers/serverRegistry.ts';
import { FakeKeyring } from '../extension/adapters/fakeKeyring.ts';
import { testSandbox } from './sandboxServer.ts';
import { memento } from './serversRegistry.test.ts';

/** The tree over the sandbox district, without the view around it; it counts what it sends. */
export class TestExplorer {
  readonly registry: ServerRegistry;
  readonly composition = new Composition(memento());
  readonly server: Server;
  readonly sent: string[] = [];
  knowledge: ServerKnowledge;
  reads: ServerReads;
  tree: ExplorerTree;
  readonly #folder: string;
  readonly #client: PowerSchoolClient;

  private constructor(folder: string, registry: ServerRegistry, server: Server) {
    this.#folder = folder;
    this.registry = registry;
    this.server = server;
    this.#client = createClient({ server, secrets: registry });
    [this.knowledge, this.reads, this.tree] = this.#build();
  }

  static async open(secret = testSandbox().clientSecret): Promise<TestExplorer> {
    const { url, clientId } = testSandbox();
    const registry = new ServerRegistry({
      globalState: memento(),
      workspaceState: memento(),
      secrets: new SecretStorageStore(new FakeKeyring()),
      newId: () => 'server-1',
    });
    const server = await registry.add(
      { name: 'Fernhill', origin: url, kind: 'sandbox' },
      { clientId, clientSecret: secret },
    );
    return new TestExplorer(await mkdtemp(join(tmpdir(), 'powerschool-explorer-')), registry, server);
  }

  /** As after a reload of the window: only what was stored is known. */
  async reload(): Promise<void> {
    await this.knowledge.flush();
    this.tree.dispose();
    [this.knowledge, this.reads, this.tree] = this.#build();
  }

  /** The rows below the row with these labels, from the top. */
  async below(...labels: string[]): Promise<ExplorerNode[]> {
    let rows = await this.tree.getChildren();
    for (const label of labels) {
      const row = rows.find((node) => this.labelOf(node) === label);
      if (!row) throw new Error(`No row ${label} among ${rows.map((node) => this.labelOf(node)).join(', ')}`);
      rows = await this.tree.getChildren(row);
    }
    return rows;
  }

  labelOf(node: ExplorerNode): string {
    const { label } = this.tree.getTreeItem(node);
    return typeof label === 'string' ? label : (label?.label ?? '');
  }

  async close(): Promise<void> {
    this.tree.dispose();
    await this.knowledge.flush();
    await this.#client.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #build(): [ServerKnowledge, ServerReads, ExplorerTree] {
    const { registry, composition } = this;
    const knowledge = new ServerKnowledge(new FactsFolder(this.#folder));
    const client = this.#client;
    const reads = new ServerReads({
      knowledge,
      mayAsk: () => true,
      clientFor: async () =>
        new Proxy(client, {
          get: (target, name) =>
            name === 'send'
              ? (request: Parameters<PowerSchoolClient['send']>[0]) => {
                  this.sent.push(request.target);
                  return target.send(request);
                }
              : Reflect.get(target, name),
        }),
    });
    return [knowledge, reads, new ExplorerTree({ registry, composition, knowledge, reads })];
  }
}
