import { commands, l10n, window, workspace, Uri } from 'vscode';
import { showError } from '../problems/showError.ts';
import type { ServerClients } from '../servers/serverClients.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import { COMMANDS } from '../contributions.ts';
import type { FolderWatch } from '../adapters/folderWatch.ts';
import { readFolderManifests } from './folderManifest.ts';
import { showInstallHelp } from './installHelp.ts';
import type { LintKnowledge } from './lintOptions.ts';
import { newPlugin } from './newPlugin.ts';
import { packageFolder } from './packageCommand.ts';
import { addFields, addGrants, addPowerQuery, bumpVersion } from './packageEdits.ts';
import { findPluginFolders, folderOf, type PluginFolder } from './pluginFolders.ts';
import { isPluginNode, packageOf, type PluginNode } from './pluginNode.ts';
import { runPowerQuery, type QueryPlace } from './queryRun.ts';
import { validateOnServer } from './validateOnServer.ts';

export { pluginLenses } from './pluginLenses.ts';
export { PluginTree } from './pluginTree.ts';

/** What the commands on plugins need besides the files. */
export interface PluginPorts {
  readonly registry: ServerRegistry;
  readonly clients: ServerClients;
  readonly knowledge: LintKnowledge;
  readonly folders: FolderWatch;
}

/** The commands of the Plugins view by their ids. */
export async function runPluginCommand(command: string, argument: unknown, ports: PluginPorts): Promise<void> {
  try {
    await run(command, argument, ports);
  } catch (error) {
    await showError(error);
  }
}

async function run(command: string, argument: unknown, { registry, clients, knowledge }: PluginPorts): Promise<void> {
  switch (command) {
    case COMMANDS.newPlugin:
      return newPlugin(knowledge);
    case COMMANDS.whereToInstall:
      return showInstallHelp();
    case COMMANDS.validatePlugin:
      return validateOnServer(registry, clients);
    case COMMANDS.runPowerQuery: {
      const place = queryPlace(argument);
      return place && runPowerQuery(place, knowledge);
    }
  }
  const plugin = await pickPlugin(argument);
  if (!plugin) return;
  if (command === COMMANDS.packagePlugin) return packageFolder(plugin, knowledge);
  if (command === COMMANDS.addPluginField) {
    const grants = grantsOf(argument);
    return grants ? addGrants(plugin, grants) : addFields(plugin, knowledge);
  }
  return command === COMMANDS.addPowerQuery ? addPowerQuery(plugin, knowledge) : bumpVersion(plugin);
}

/** The package of a row or of a file, else that of the active editor, else the one that is picked. */
async function pickPlugin(argument: unknown): Promise<PluginFolder | undefined> {
  if (isPluginNode(argument)) return packageOf(argument).plugin;
  const folders = await findPluginFolders();
  const uri = uriOf(argument) ?? window.activeTextEditor?.document.uri;
  const near = uri && folderOf(uri, folders);
  if (near) return near;
  if (folders.length === 1) return folders[0];
  if (folders.length === 0) {
    const create = l10n.t('New Plugin');
    const picked = await window.showInformationMessage(l10n.t('There is no plugin.xml in this workspace.'), create);
    if (picked === create) await commands.executeCommand(COMMANDS.newPlugin);
    return undefined;
  }
  const items = (await readFolderManifests(folders))
    .map(({ plugin, name, version }) => {
      const path = workspace.asRelativePath(plugin.folder);
      return { label: name || path, description: [version, name && path].filter(Boolean).join(' · '), plugin };
    })
    .sort((a, b) => a.label.localeCompare(b.label));
  const picked = await window.showQuickPick(items, { placeHolder: l10n.t('Which plugin?'), matchOnDescription: true });
  return picked?.plugin;
}

/** A file of the Explorer comes as a Uri; a lens passes the Uri of its document and what to add. */
function uriOf(argument: unknown): Uri | undefined {
  if (argument instanceof Uri) return argument;
  const { uri } = (argument ?? {}) as { readonly uri?: unknown };
  return uri instanceof Uri ? uri : undefined;
}

function grantsOf(argument: unknown): readonly { table: string; column: string }[] | undefined {
  const { grants } = (argument ?? {}) as { readonly grants?: readonly { table: string; column: string }[] };
  return grants;
}

function queryPlace(argument: unknown): QueryPlace | undefined {
  if (isPluginNode(argument)) {
    const node: PluginNode = argument;
    if (node.kind !== 'query') return undefined;
    const { path, value } = node.query;
    return { uri: Uri.joinPath(node.parent.plugin.folder, ...path.split('/')), name: value.name };
  }
  const uri = uriOf(argument);
  const { name } = (argument ?? {}) as { readonly name?: unknown };
  return uri && typeof name === 'string' ? { uri, name } : undefined;
}
