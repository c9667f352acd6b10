import { EventEmitter, commands, languages, window, type Disposable, type DocumentFilter } from 'vscode';
import { together } from '../adapters/disposables.ts';
import { COMMANDS, VIEWS } from '../contributions.ts';
import type { PluginNode } from './pluginNode.ts';
import type { PluginPorts } from './pluginParts.ts';
import type { PluginTree } from './pluginTree.ts';

const PLUGIN_COMMANDS = [
  COMMANDS.newPlugin,
  COMMANDS.packagePlugin,
  COMMANDS.addPluginField,
  COMMANDS.addPowerQuery,
  COMMANDS.bumpVersion,
  COMMANDS.whereToInstall,
  COMMANDS.validatePlugin,
  COMMANDS.runPowerQuery,
] as const;

/** The Plugins view, the commands that make and package plugins, and the lenses. All of it is loaded when first used. */
export function registerPlugins(ports: PluginPorts): Disposable {
  const changed = new EventEmitter<PluginNode | undefined>();
  let loading: Promise<PluginTree> | undefined;
  const tree = (): Promise<PluginTree> =>
    (loading ??= import('./pluginParts.ts').then(({ PluginTree: Tree }) => {
      const loaded = new Tree(ports.folders);
      loaded.onDidChange((node) => changed.fire(node));
      return loaded;
    }));
  const lensed: DocumentFilter[] = [{ pattern: '**/plugin.xml' }, { pattern: '**/*named_queries.xml' }];

  return together(
    changed,
    { dispose: () => void loading?.then((loaded) => loaded.dispose()) },
    window.createTreeView(VIEWS.plugins, {
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: changed.event,
        getChildren: async (node?: PluginNode) => (await tree()).children(node),
        getTreeItem: async (node: PluginNode) => (await tree()).item(node),
      },
    }),
    languages.registerCodeLensProvider(lensed, {
      provideCodeLenses: async (document) => {
        const { pluginLenses } = await import('./pluginParts.ts');
        return pluginLenses(document);
      },
    }),
    ...PLUGIN_COMMANDS.map((command) =>
      commands.registerCommand(command, async (argument?: unknown) => {
        const { runPluginCommand } = await import('./pluginParts.ts');
        await runPluginCommand(command, argument, ports);
      }),
    ),
  );
}
