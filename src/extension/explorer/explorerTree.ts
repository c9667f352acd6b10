import { EventEmitter, type Disposable, type TreeDataProvider, type TreeItem } from 'vscode';
import type { Catalog } from '../../core/catalog/catalog.ts';
import type { Server } from '../../core/powerschool/server.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import type { Composition } from './composition.ts';
import { explorerItem } from './explorerItem.ts';
import { parentOf, type ExplorerNode, type GroupName, type ResourceNode } from './explorerNode.ts';

export interface ExplorerTreeOptions {
  readonly registry: ServerRegistry;
  readonly composition: Composition;
  /** Read when the first server is expanded. */
  readonly catalog: () => Promise<Catalog>;
}

/** Servers, and below each the API: areas, resources, operations, expansions, extensions and query fields. */
export class ExplorerTree implements TreeDataProvider<ExplorerNode>, Disposable {
  readonly #options: ExplorerTreeOptions;
  readonly #changed = new EventEmitter<ExplorerNode | undefined>();
  readonly #subscription: Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: ExplorerTreeOptions) {
    this.#options = options;
    this.#subscription = options.registry.onDidChange(() => this.refresh());
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    if (!node) return this.#options.registry.servers.map((server) => ({ kind: 'server', server }));
    switch (node.kind) {
      case 'server':
        return this.#serverChildren(node.server);
      case 'area':
        return node.area.resources.map((resource) => ({ ...node, kind: 'resource', resource }));
      case 'resource':
        return resourceChildren(node);
      case 'group':
        return groupChildren(node.parent, node.group);
      case 'signIn':
      case 'operation':
      case 'expansion':
      case 'extension':
      case 'field':
        return [];
    }
  }

  getTreeItem(node: ExplorerNode): TreeItem {
    return explorerItem(node, this.#options);
  }

  getParent(node: ExplorerNode): ExplorerNode | undefined {
    return parentOf(node);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #serverChildren(server: Server): Promise<ExplorerNode[]> {
    const [catalog, credentials] = await Promise.all([
      this.#options.catalog(),
      this.#options.registry.credentials(server),
    ]);
    const areas: ExplorerNode[] = catalog.areas.map((area) => ({ kind: 'area', server, area }));
    return credentials ? areas : [{ kind: 'signIn', server }, ...areas];
  }
}

function resourceChildren(parent: ResourceNode): ExplorerNode[] {
  const { resource } = parent;
  const groups: GroupName[] = [];
  if (resource.expansions.length > 0) groups.push('expansions');
  if (resource.operations.some(({ extensionsSupported }) => extensionsSupported)) groups.push('extensions');
  if (resource.operations.some(({ filter }) => filter?.over === 'fields')) groups.push('fields');
  return [
    ...groups.map((group): ExplorerNode => ({ kind: 'group', parent, group })),
    ...resource.operations.map((operation): ExplorerNode => ({ kind: 'operation', parent, operation })),
  ];
}

function groupChildren(parent: ResourceNode, group: GroupName): ExplorerNode[] {
  const { resource } = parent;
  switch (group) {
    case 'expansions':
      return resource.expansions.map((expansion) => ({ kind: 'expansion', parent, expansion }));
    case 'extensions':
      return resource.extensions.map((extension) => ({ kind: 'extension', parent, extension }));
    case 'fields': {
      const fields = resource.operations.find(({ filter }) => filter?.over === 'fields')?.filter?.fields ?? [];
      return fields.map((field) => ({ kind: 'field', parent, field }));
    }
  }
}
