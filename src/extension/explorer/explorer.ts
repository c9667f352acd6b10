import {
  EventEmitter,
  commands,
  window,
  type Disposable,
  type Event,
  type Memento,
  type TreeDataProvider,
} from 'vscode';
import type { Exchange } from '../../core/catalog/serverLearning.ts';
import type { Server } from '../../core/powerschool/server.ts';
import { COMMANDS, VIEWS } from '../contributions.ts';
import { showError } from '../problems/showError.ts';
import type { ServerNeed } from '../../core/request/language/serverNeed.ts';
import type { ServerClients } from '../servers/serverClients.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import type { ComparableNode, ExplorerNode } from './explorerNode.ts';
import type { ExplorerParts } from './explorerParts.ts';
import type { ServerApi, ServerKnowledge } from './serverKnowledge.ts';

export interface ExplorerOptions {
  readonly registry: ServerRegistry;
  readonly clients: ServerClients;
  readonly workspaceState: Memento;
  /** Folder for what servers told. */
  readonly storage: string;
  readonly log: (line: string) => void;
}

export interface Explorer extends Disposable {
  /** Takes from an answer what it tells about its server. */
  learn(server: Server, exchange: Exchange): void;
  /**
   * The catalog and the tables as this server has them, for completion, validation and the like; without a server
   * (none is active) what comes with the product. Asks no server. Keep nothing longer than until `onDidLearn`.
   */
  api(server: Server | undefined): Promise<ServerApi>;
  /** Asks the server for what is wanted and not known yet, each thing once; never in a workspace that is not trusted. */
  ask(server: Server, need: ServerNeed): Promise<void>;
  /** Id of a server about which something new is known. */
  readonly onDidLearn: Event<string>;
  /** Forgets what every server told, and what is checked in the tree. */
  forget(): Promise<void>;
}

/**
 * A row of the tree, nothing from the palette, or what a key carries: the editor puts the row with the focus in its
 * place, unless it is drawing that row anew.
 */
type NodeArgument = ExplorerNode | { readonly $focusedTreeItem: true } | undefined;

/** Commands that are for a row alone: not in the palette. */
const OF_ROWS: ReadonlySet<string> = new Set([COMMANDS.toggleCheck, COMMANDS.tryOperation]);

/** The Servers view: the API as a tree with checkboxes, and requests made from it. Its code comes when it is used. */
export function registerExplorer(options: ExplorerOptions): Explorer {
  const { registry, storage, log } = options;
  const changed = new EventEmitter<ExplorerNode | undefined>();
  const learned = new EventEmitter<string>();
  let known: Promise<ServerKnowledge> | undefined;
  // Request files ask what a server has while the view is closed: this comes without the tree.
  const knowledge = (): Promise<ServerKnowledge> =>
    (known ??= import('./serverKnowledge.ts').then(({ openServerKnowledge }) => {
      const made = openServerKnowledge(storage, log);
      made.onDidLearn((serverId) => learned.fire(serverId));
      return made;
    }));
  let loaded: Promise<ExplorerParts> | undefined;
  let subscription: Disposable | undefined;
  const parts = (): Promise<ExplorerParts> =>
    (loaded ??= Promise.all([import('./explorerParts.ts'), knowledge()]).then(([{ ExplorerParts: Parts }, own]) => {
      const made = new Parts({ ...options, knowledge: own });
      subscription = made.tree.onDidChangeTreeData((node) => changed.fire(node));
      return made;
    }));
  const provider: TreeDataProvider<ExplorerNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => (await parts()).tree.getChildren(node),
    getTreeItem: async (node) => (await parts()).tree.getTreeItem(node),
    resolveTreeItem: async (item, node) => (await parts()).tree.resolveTreeItem(item, node),
    getParent: async (node) => (await parts()).tree.getParent(node),
  };
  const view = window.createTreeView<ExplorerNode>(VIEWS.servers, {
    treeDataProvider: provider,
    manageCheckboxStateManually: true,
    showCollapseAll: true,
  });

  const on = (id: string, action: (parts: ExplorerParts, node: ExplorerNode | undefined) => unknown): Disposable =>
    commands.registerCommand(id, async (argument?: NodeArgument) => {
      try {
        const own = await parts();
        const row = argument && 'kind' in argument ? argument : undefined;
        const byKey = row === undefined && (argument !== undefined || OF_ROWS.has(id));
        await action(own, byKey ? await own.rowOfKey(view, id === COMMANDS.toggleCheck) : row);
      } catch (error) {
        await showError(error);
      }
    });
  let servers = registry.servers;
  const disposables: Disposable[] = [
    changed,
    learned,
    registry.onDidChange(() => {
      const gone = servers.filter(({ id }) => !registry.find(id));
      servers = registry.servers;
      for (const { id } of gone) void parts().then((own) => own.forget(id));
    }),
    view,
    view.onDidChangeCheckboxState(async ({ items }) => (await parts()).check(items)),
    on(COMMANDS.refreshServers, (own, node) => own.refresh(node)),
    on(COMMANDS.newRequest, (own, node) => own.compose(node, false)),
    on(COMMANDS.tryOperation, (own, node) => own.compose(node, true)),
    on(COMMANDS.addCondition, (own, node) => (isComparable(node) ? own.addCondition(node) : undefined)),
    on(COMMANDS.removeConditions, (own, node) => (isComparable(node) ? own.removeConditions(node) : undefined)),
    on(COMMANDS.sortBy, (own, node) =>
      node?.kind === 'column' || node?.kind === 'queryColumn' ? own.sortBy(node) : undefined,
    ),
    on(COMMANDS.uncheckAll, (own, node) => node && own.uncheckAll(node)),
    on(COMMANDS.toggleCheck, (own, node) => node && own.toggle(node)),
    on(COMMANDS.addField, (own, node) => node && own.addField(node)),
    on(COMMANDS.retry, (own, node) => (node?.kind === 'problem' ? own.retry(node) : own.refresh(node))),
    on(COMMANDS.explainProblem, (_, node) =>
      node?.kind === 'problem' ? commands.executeCommand(COMMANDS.openReference, node.code) : undefined,
    ),
    on(COMMANDS.askForAccess, (own, node) => (node?.kind === 'problem' ? own.askForAccess(node) : undefined)),
    on(COMMANDS.copyName, (own, node) => node && own.copyName(node)),
    commands.registerCommand(COMMANDS.find, async (words?: unknown) =>
      (await parts()).find(view, typeof words === 'string' ? words : undefined),
    ),
    on(COMMANDS.findStudent, (own) => own.findRecord('student')),
    on(COMMANDS.findRecord, (own) => own.findRecord()),
  ];

  return {
    learn: (server, exchange) => {
      void knowledge().then((own) => own.learn(server, exchange));
    },
    api: async (server) => (await knowledge()).api(server),
    ask: async (server, need) => (await parts()).ask(server, need),
    onDidLearn: learned.event,
    forget: async () => {
      const own = await parts();
      await Promise.all(registry.servers.map(({ id }) => own.forget(id)));
    },
    dispose: () => {
      subscription?.dispose();
      for (const part of disposables) part.dispose();
      void loaded?.then((own) => own.dispose());
      void known?.then((own) => own.dispose());
    },
  };
}

function isComparable(node: ExplorerNode | undefined): node is ComparableNode {
  return node?.kind === 'field' || node?.kind === 'column' || node?.kind === 'queryColumn';
}
