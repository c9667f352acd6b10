import { EventEmitter, l10n, type Disposable, type TreeDataProvider, type TreeItem } from 'vscode';
import type { Server } from '../../core/powerschool/server.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import type { Composition } from './composition.ts';
import { explorerItem } from './explorerItem.ts';
import {
  parentOf,
  type AreaNode,
  type ExplorerNode,
  type GroupName,
  type GroupNode,
  type LiveNode,
  type NoteNode,
  type ResourceNode,
  type ServerNode,
} from './explorerNode.ts';
import { liveChildren } from './liveChildren.ts';
import type { ServerKnowledge } from './serverKnowledge.ts';
import type { ServerReads } from './serverReads.ts';

export interface ExplorerTreeOptions {
  readonly registry: ServerRegistry;
  readonly composition: Composition;
  /** Read when the first server is expanded. */
  readonly knowledge: ServerKnowledge;
  readonly reads: ServerReads;
}

/** Milliseconds in which several things that were learned are drawn at once. */
const DRAW_DELAY = 60;
const TABLES_AREA = 'tables';
const POWER_QUERIES_AREA = 'powerqueries';

/**
 * Servers, and below each the API: areas, resources, operations, expansions, extensions and query fields, and from
 * the server alone its tables with their columns and its PowerQueries.
 */
export class ExplorerTree implements TreeDataProvider<ExplorerNode>, Disposable {
  readonly #options: ExplorerTreeOptions;
  readonly #changed = new EventEmitter<ExplorerNode | undefined>();
  readonly #subscriptions: readonly Disposable[];
  /** The rows that the editor knows, so that one server can be drawn anew. */
  #servers = new Map<string, ServerNode>();
  #drawing: NodeJS.Timeout | undefined;
  readonly #toDraw = new Set<string>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: ExplorerTreeOptions) {
    this.#options = options;
    this.#subscriptions = [
      options.registry.onDidChange(() => this.refresh()),
      options.knowledge.onDidChange((serverId) => this.#drawSoon(serverId)),
    ];
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** Draws one server and what is open below it. */
  refreshServer(serverId: string): void {
    const node = this.#servers.get(serverId);
    if (node) this.#changed.fire(node);
  }

  /** Draws one row and what is open below it; nothing for a row that the editor has forgotten. */
  redraw(node: ExplorerNode): void {
    this.#changed.fire(node);
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    if (!node) return this.#serverNodes();
    switch (node.kind) {
      case 'server':
        return this.#serverChildren(node.server);
      case 'area':
        return areaChildren(node);
      case 'resource':
        return resourceChildren(node);
      case 'group':
        return node.group === 'fields' ? fieldChildren(node) : this.#live(node);
      case 'tables':
      case 'table':
      case 'powerQueries':
        return this.#live(node);
      case 'powerQuery': {
        const known = node.query.arguments ?? [];
        const none: NoteNode = { kind: 'note', parent: node, text: l10n.t('No arguments are known') };
        return known.length > 0 ? known.map((argument) => ({ kind: 'argument', parent: node, argument })) : [none];
      }
      case 'signIn':
      case 'operation':
      case 'expansion':
      case 'extension':
      case 'field':
      case 'column':
      case 'argument':
      case 'problem':
      case 'note':
        return [];
    }
  }

  getTreeItem(node: ExplorerNode): TreeItem {
    return explorerItem(node, this.#options);
  }

  labelOf(node: ExplorerNode): string {
    const { label } = this.getTreeItem(node);
    return typeof label === 'string' ? label : (label?.label ?? '');
  }

  /** Tooltips are written when somebody looks at them. */
  async resolveTreeItem(item: TreeItem, node: ExplorerNode): Promise<TreeItem> {
    const { explorerTooltip } = await import('./explorerTooltip.ts');
    const tooltip = await explorerTooltip(node, this.#options.knowledge);
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  getParent(node: ExplorerNode): ExplorerNode | undefined {
    return parentOf(node);
  }

  dispose(): void {
    clearTimeout(this.#drawing);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #live(node: LiveNode): Promise<ExplorerNode[]> {
    return liveChildren(node, this.#options, (row) => this.redraw(row));
  }

  #drawSoon(serverId: string): void {
    this.#toDraw.add(serverId);
    this.#drawing ??= setTimeout(() => {
      this.#drawing = undefined;
      for (const id of this.#toDraw) this.refreshServer(id);
      this.#toDraw.clear();
    }, DRAW_DELAY);
  }

  #serverNodes(): ServerNode[] {
    const nodes = this.#options.registry.servers.map((server): ServerNode => ({ kind: 'server', server }));
    this.#servers = new Map(nodes.map((node) => [node.server.id, node]));
    return nodes;
  }

  async #serverChildren(server: Server): Promise<ExplorerNode[]> {
    const { knowledge, registry } = this.#options;
    const [catalog, credentials] = await Promise.all([knowledge.catalog(server), registry.credentials(server)]);
    const areas: ExplorerNode[] = catalog.areas.map((area) => ({ kind: 'area', server, area }));
    return credentials ? areas : [{ kind: 'signIn', server }, ...areas];
  }
}

/** What the server alone can tell stands first. */
function areaChildren({ server, area }: AreaNode): ExplorerNode[] {
  const resources = area.resources.map((resource): ExplorerNode => ({ kind: 'resource', server, area, resource }));
  if (area.id === TABLES_AREA) return [{ kind: 'tables', server, area }, ...resources];
  if (area.id === POWER_QUERIES_AREA) return [{ kind: 'powerQueries', server, area }, ...resources];
  return resources;
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

function fieldChildren({ parent }: GroupNode): ExplorerNode[] {
  const { operations } = parent.resource;
  const fields = operations.find(({ filter }) => filter?.over === 'fields')?.filter?.fields ?? [];
  return fields.map((field) => ({ kind: 'field', parent, field }));
}
