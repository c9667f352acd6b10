import { TreeItemCheckboxState, commands, window, type Disposable, type Memento } from 'vscode';
import type { Catalog } from '../../core/catalog/catalog.ts';
import { together } from '../adapters/disposables.ts';
import { COMMANDS, VIEWS } from '../contributions.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import { Composition } from './composition.ts';
import type { ExplorerNode } from './explorerNode.ts';
import { ExplorerTree } from './explorerTree.ts';
import { composeRequest } from './composeRequest.ts';

export interface ExplorerOptions {
  readonly registry: ServerRegistry;
  readonly workspaceState: Memento;
}

/** The Servers view: the API as a tree with checkboxes, and requests made from it. */
export function registerExplorer({ registry, workspaceState }: ExplorerOptions): Disposable {
  const composition = new Composition(workspaceState);
  let loaded: Promise<Catalog> | undefined;
  const catalog = (): Promise<Catalog> =>
    (loaded ??= import('../../core/catalog/load.ts').then((load) => load.loadCatalog()));
  const tree = new ExplorerTree({ registry, composition, catalog });
  const view = window.createTreeView<ExplorerNode>(VIEWS.servers, {
    treeDataProvider: tree,
    manageCheckboxStateManually: true,
    showCollapseAll: true,
  });

  return together(
    tree,
    view,
    view.onDidChangeCheckboxState(async ({ items }) => {
      for (const [node, state] of items) {
        const on = state === TreeItemCheckboxState.Checked;
        if (node.kind === 'expansion') {
          await composition.check(node.parent.server, node.parent.resource, 'expansions', node.expansion.name, on);
        } else if (node.kind === 'extension') {
          await composition.check(node.parent.server, node.parent.resource, 'extensions', node.extension.name, on);
        }
      }
      tree.refresh();
    }),
    commands.registerCommand(COMMANDS.refreshServers, () => tree.refresh()),
    commands.registerCommand(COMMANDS.newRequest, (node?: ExplorerNode) =>
      composeRequest({ node, catalog, composition, registry, run: false }),
    ),
    commands.registerCommand(COMMANDS.tryOperation, (node?: ExplorerNode) =>
      composeRequest({ node, catalog, composition, registry, run: true }),
    ),
  );
}
