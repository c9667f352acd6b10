import { ExtensionMode, Uri, type ExtensionContext } from 'vscode';
import { SecretStorageStore } from './adapters/secretStorage.ts';
import { together } from './adapters/disposables.ts';
import { FolderWatch } from './adapters/folderWatch.ts';
import { createLog } from './adapters/log.ts';
import { registerCare } from './care/care.ts';
import { registerExplorer } from './explorer/explorer.ts';
import { registerHistory } from './history/history.ts';
import { LintKnowledge } from './plugin/lintOptions.ts';
import { registerPluginLanguages } from './plugin/pluginLanguages.ts';
import { registerPlugins } from './plugin/plugins.ts';
import { registerReferencePages } from './problems/referencePages.ts';
import { registerRequests } from './requests/requests.ts';
import { registerResponses } from './response/responses.ts';
import { ServerClients } from './servers/serverClients.ts';
import { ServerRegistry } from './servers/serverRegistry.ts';
import { registerServers } from './servers/servers.ts';

/**
 * Builds the graph and hands every part to the editor. Touches no network and no large data: catalog, languages
 * and sockets are loaded when first asked for. Exports nothing: any extension could call it.
 */
export function activate(context: ExtensionContext): void {
  const log = createLog();
  const registry = new ServerRegistry({
    globalState: context.globalState,
    workspaceState: context.workspaceState,
    secrets: new SecretStorageStore(context.secrets),
    newId: () => crypto.randomUUID(),
  });
  if (context.extensionMode === ExtensionMode.Development) void addDevelopmentServer(registry);
  const folders = new FolderWatch();
  const clients = new ServerClients({ registry, log });
  const results = Uri.joinPath(context.globalStorageUri, 'results').fsPath;
  const responses = registerResponses(results, context.extensionUri, context.workspaceState);
  const explorer = registerExplorer({
    registry,
    clients,
    workspaceState: context.workspaceState,
    storage: Uri.joinPath(context.globalStorageUri, 'servers').fsPath,
    log: (line) => log.warn(line),
  });

  const knowledge = new LintKnowledge({
    tables: async () => (await explorer.api(registry.active)).tables,
    onDidChangeTables: (listener) => together(registry.onDidChange(listener), explorer.onDidLearn(listener)),
    folders,
  });

  const history = registerHistory({
    registry,
    responses: responses.documents,
    bodies: responses.bodies,
    hidden: responses.hidden,
    workspaceState: context.workspaceState,
    storage: Uri.joinPath(context.globalStorageUri, 'history').fsPath,
    log: (line) => log.warn(line),
    runner: () => requests.runner,
  });
  const requests = registerRequests({
    registry,
    clients,
    responses: responses.documents,
    bodies: responses.bodies,
    hidden: responses.hidden,
    shownRecords: () => responses.grids.shownRecords(),
    history,
    explorer,
    folders,
    workspaceState: context.workspaceState,
  });

  context.subscriptions.push(
    log,
    registry,
    folders,
    clients,
    responses,
    registerReferencePages(),
    registerServers({ registry, clients, log, extensionPath: context.extensionPath }),
    explorer,
    history,
    requests,
    registerCare({
      registry,
      explorer,
      history,
      bodies: responses.bodies,
      runner: requests.runner,
      workspaceState: context.workspaceState,
      storage: context.globalStorageUri.fsPath,
    }),
    registerPluginLanguages(knowledge, folders),
    registerPlugins({ registry, clients, knowledge, folders }),
  );
}

/** The sandbox of `npm start`, handed over in the environment. */
async function addDevelopmentServer(registry: ServerRegistry): Promise<void> {
  const { takeDevelopmentServer } = await import('./servers/developmentServer.ts');
  const development = takeDevelopmentServer(process.env);
  if (development) registry.addForSession(development.server, development.credentials);
}
