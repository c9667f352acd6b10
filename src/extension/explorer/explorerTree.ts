import { EventEmitter, l10n, type Disposable, type TreeDataProvider, type TreeItem } from 'vscode';
import { queryFieldsOf } from '../../core/catalog/operation.ts';
import type { Server } from '../../core/powerschool/server.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import type { Composition } from './composition.ts';
import { DrawQueue } from './drawQueue.ts';
import { explorerItem } from './explorerItem.ts';
import {
  isAlone,
  liveKindOf,
  isLive,
  nodeId,
  parentOf,
  serverOf,
  type ExplorerNode,
  type GroupName,
  type GroupNode,
  type LiveNode,
  type PowerQueryNode,
  type ResourceNode,
  type ServerNode,
} from './explorerNode.ts';
import { explorerTooltip } from './explorerTooltip.ts';
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
/**
 * Milliseconds after the last click on a checkbox until its count is drawn. The editor makes rows anew when a row
 * above them is drawn, and loses a click that is under way: nobody clicks so slowly from one box to the next.
 */
const CHECK_DELAY = 700;

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
  /** What the rows of the servers were drawn from. */
  #serversDrawn: string | undefined;
  /** Descriptions of rows that count what the server tells, as they were drawn last. */
  readonly #drawn = new Map<string, TreeItem['description']>();
  readonly #learned = new DrawQueue((node) => this.redraw(node), DRAW_DELAY);
  readonly #checked = new DrawQueue((node) => this.redraw(node), CHECK_DELAY);
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: ExplorerTreeOptions) {
    this.#options = options;
    this.#subscriptions = [
      options.registry.onDidChange(() => void this.#noticeServers()),
      options.knowledge.onDidChange((serverId) => {
        const node = this.#servers.get(serverId);
        if (node) this.#learned.add(node);
      }),
      this.#learned,
      this.#checked,
    ];
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** Draws one row and what is open below it; nothing for a row that the editor has forgotten. */
  redraw(node: ExplorerNode): void {
    this.#changed.fire(node);
  }

  /** The same once the user has checked what is to be checked. */
  redrawAfterChecks(node: ExplorerNode): void {
    this.#checked.add(node);
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    if (!node) {
      this.#serversDrawn ??= await this.#serversNow();
      return this.#serverNodes();
    }
    if (node.kind === 'server') return this.#serverChildren(node.server);
    if (node.kind === 'area') return node.area.resources.map((resource) => ({ ...node, kind: 'resource', resource }));
    if (node.kind === 'resource') return resourceChildren(node);
    if (node.kind === 'powerQuery') return queryChildren(node);
    if (node.kind === 'group' && node.group === 'fields') return fieldChildren(node);
    return isLive(node) ? this.#live(node) : [];
  }

  getTreeItem(node: ExplorerNode): TreeItem {
    const item = explorerItem(node, this.#options);
    if (node.kind === 'server' || isLive(node)) this.#drawn.set(nodeId(node), item.description);
    return item;
  }

  labelOf(node: ExplorerNode): string {
    const { label } = this.getTreeItem(node);
    return typeof label === 'string' ? label : (label?.label ?? '');
  }

  /** Tooltips are written when somebody looks at them. */
  async resolveTreeItem(item: TreeItem, node: ExplorerNode): Promise<TreeItem> {
    const tooltip = await explorerTooltip(node, this.#options.knowledge);
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  getParent(node: ExplorerNode): ExplorerNode | undefined {
    return parentOf(node);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  async #live(node: LiveNode): Promise<ExplorerNode[]> {
    const rows = await liveChildren(node, this.#options, (row) => this.redraw(row));
    this.#correct(serverOf(node), node);
    return rows;
  }

  /** Draws what was drawn before the server told how many there are, or its release. */
  #correct({ id: serverId }: Server, node?: LiveNode): void {
    for (const row of [this.#servers.get(serverId), node]) {
      if (row === undefined) continue;
      const id = nodeId(row);
      if (!this.#drawn.has(id) || this.#drawn.get(id) === explorerItem(row, this.#options).description) continue;
      this.#learned.add(row);
      // The rows below are drawn with it.
      return;
    }
  }

  /**
   * Draws the servers when they are others than those in sight. A token that was renewed is told too, with the first
   * answer of a server: to draw for it would take rows away under the pointer.
   */
  async #noticeServers(): Promise<void> {
    const { registry, reads } = this.#options;
    // A new secret or address: what failed before is worth another try.
    const forgotten = registry.servers.filter(({ id }) => reads.forgetFailures(id));
    const now = await this.#serversNow();
    if (now === this.#serversDrawn && forgotten.length === 0) return;
    this.#serversDrawn = now;
    this.refresh();
  }

  async #serversNow(): Promise<string> {
    const { registry } = this.#options;
    const each = registry.servers.map(async (server) => [
      server,
      registry.isStored(server),
      (await registry.credentials(server)) !== undefined,
    ]);
    return JSON.stringify([registry.active?.id, await Promise.all(each)]);
  }

  #serverNodes(): ServerNode[] {
    const nodes = this.#options.registry.servers.map((server): ServerNode => ({ kind: 'server', server }));
    this.#servers = new Map(nodes.map((node) => [node.server.id, node]));
    return nodes;
  }

  async #serverChildren(server: Server): Promise<ExplorerNode[]> {
    const { knowledge, registry } = this.#options;
    const [catalog, credentials] = await Promise.all([knowledge.catalog(server), registry.credentials(server)]);
    const areas = catalog.areas.map((area): ExplorerNode => {
      const [resource] = area.resources;
      if (resource && isAlone(area)) return { kind: 'resource', server, area, resource };
      return { kind: liveKindOf(area) ?? 'area', server, area };
    });
    this.#correct(server);
    return credentials ? areas : [{ kind: 'signIn', server }, ...areas];
  }
}

function resourceChildren(parent: ResourceNode): ExplorerNode[] {
  const { resource } = parent;
  const groups: GroupName[] = [];
  if (resource.expansions.length > 0) groups.push('expansions');
  if (resource.operations.some(({ extensionsSupported }) => extensionsSupported)) groups.push('extensions');
  if (queryFieldsOf(resource).length > 0) groups.push('fields');
  return [
    ...groups.map((group): ExplorerNode => ({ kind: 'group', parent, group })),
    ...resource.operations.map((operation): ExplorerNode => ({ kind: 'operation', parent, operation })),
  ];
}

function fieldChildren({ parent }: GroupNode): ExplorerNode[] {
  return queryFieldsOf(parent.resource).map((field) => ({ kind: 'field', parent, field }));
}

function queryChildren(parent: PowerQueryNode): ExplorerNode[] {
  const { arguments: known = [], columns = [] } = parent.query;
  const rows: ExplorerNode[] = [
    ...known.map((argument): ExplorerNode => ({ kind: 'argument', parent, argument })),
    ...columns.map((name): ExplorerNode => ({ kind: 'queryColumn', parent, name })),
  ];
  return rows.length > 0 ? rows : [{ kind: 'note', parent, text: l10n.t('No arguments are known') }];
}
