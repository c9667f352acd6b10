import { ProgressLocation, commands, l10n, window, type Disposable, type LogOutputChannel } from 'vscode';
import type { Server } from '../../core/powerschool/server.ts';
import { together } from '../adapters/disposables.ts';
import { COMMANDS, VIEWS } from '../contributions.ts';
import { describeError, showError } from '../problems/showError.ts';
import { SandboxProcess } from './sandboxProcess.ts';
import { pickServer } from './selectServer.ts';
import type { ServerClients } from './serverClients.ts';
import type { ServerRegistry } from './serverRegistry.ts';
import type * as flowsModule from './serverFlows.ts';
import { createServerStatus } from './statusBar.ts';

export interface ServersOptions {
  readonly registry: ServerRegistry;
  readonly clients: ServerClients;
  readonly log: LogOutputChannel;
  readonly extensionPath: string;
}

/** A row of the Servers view, or nothing when the command came from the palette. */
type ServerArgument = { readonly server?: Server } | undefined;

/** What the palette asks, and whether servers that end with this window are among the answers. */
interface Question {
  readonly text: string;
  readonly of: 'all' | 'saved';
}

const loadFlows = (): Promise<typeof flowsModule> => import('./serverFlows.ts');

/** The commands on servers, the status bar item, and the sandbox district. */
export function registerServers({ registry, clients, log, extensionPath }: ServersOptions): Disposable {
  const sandbox = new SandboxProcess(extensionPath, (line) => log.info(line));

  const flows = { registry, clients };

  const chosen = async (argument: ServerArgument, question: Question): Promise<Server | undefined> => {
    // A row may be older than the last change.
    if (argument?.server) return registry.find(argument.server.id);
    const servers = registry.servers.filter((server) => question.of === 'all' || registry.isStored(server));
    const picked = servers.length === 0 ? 'add' : await pickServer(servers, registry.active, question.text);
    if (picked !== 'add') return picked;
    await commands.executeCommand(COMMANDS.addServer);
    return undefined;
  };

  const on = (id: string, question: Question, action: (server: Server) => Promise<void>): Disposable =>
    commands.registerCommand(id, async (argument?: ServerArgument) => {
      try {
        const server = await chosen(argument, question);
        if (server) await action(server);
      } catch (error) {
        await showError(error);
      }
    });

  return together(
    sandbox,
    createServerStatus(registry),
    commands.registerCommand(COMMANDS.showLog, () => log.show()),
    commands.registerCommand(COMMANDS.addServer, async (given?: unknown) => {
      try {
        const { addServer, isNewServerArguments } = await loadFlows();
        await addServer(flows, isNewServerArguments(given) ? given : undefined);
      } catch (error) {
        await showError(error);
      }
    }),
    on(
      COMMANDS.selectServer,
      { text: l10n.t('Which server do requests of this workspace go to?'), of: 'all' },
      (server) => registry.select(server.id),
    ),
    on(COMMANDS.editServer, { text: l10n.t('Which server do you want to edit?'), of: 'saved' }, async (server) =>
      (await loadFlows()).editServer(flows, server),
    ),
    on(
      COMMANDS.duplicateServer,
      { text: l10n.t('Which server do you want to duplicate?'), of: 'saved' },
      async (server) => (await loadFlows()).duplicateServer(flows, server),
    ),
    on(COMMANDS.changeServerKind, { text: l10n.t('Which server do you want to mark?'), of: 'saved' }, async (server) =>
      (await loadFlows()).changeKind(flows, server),
    ),
    on(COMMANDS.serverNetwork, { text: l10n.t('Whose network settings?'), of: 'saved' }, async (server) =>
      (await loadFlows()).configureNetwork(registry, server.id),
    ),
    on(COMMANDS.signInAgain, { text: l10n.t('Which server do you want to sign in to?'), of: 'saved' }, async (server) =>
      (await loadFlows()).signInAgain(flows, server),
    ),
    on(COMMANDS.testServer, { text: l10n.t('Which server do you want to test?'), of: 'all' }, async (server) =>
      (await loadFlows()).testServer(registry, clients, server),
    ),
    on(COMMANDS.forgetToken, { text: l10n.t('Whose token shall be forgotten?'), of: 'all' }, async (server) => {
      await clients.forgetToken(server);
      await window.showInformationMessage(
        l10n.t('The token of {0} is forgotten. The next request signs in anew.', server.name),
      );
    }),
    on(COMMANDS.removeServer, { text: l10n.t('Which server do you want to remove?'), of: 'all' }, (server) =>
      removeServer(registry, sandbox, server),
    ),
    // The editor has no event for what another window did to the saved servers.
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) registry.noticeOtherWindows();
    }),
    commands.registerCommand(COMMANDS.startSandbox, () => startSandbox(registry, sandbox)),
    commands.registerCommand(COMMANDS.stopSandbox, () => sandbox.stop()),
  );
}

async function removeServer(registry: ServerRegistry, sandbox: SandboxProcess, server: Server): Promise<void> {
  const remove = l10n.t('Remove');
  const answer = await window.showWarningMessage(
    l10n.t('Remove the server {0}?', server.name),
    {
      modal: true,
      detail: l10n.t(
        'Its Client Secret and token are removed from the secret store too. The plugin on the server stays.',
      ),
    },
    remove,
  );
  if (answer !== remove) return;
  if (sandbox.started?.server.id === server.id) sandbox.stop();
  await registry.remove(server.id);
}

async function startSandbox(registry: ServerRegistry, sandbox: SandboxProcess): Promise<void> {
  const running = sandbox.started;
  if (running) {
    await registry.select(running.server.id);
    return;
  }
  try {
    const title = l10n.t('Starting the sandbox district…');
    const started = await window.withProgress({ location: ProgressLocation.Notification, title }, () =>
      sandbox.start((ended) => void registry.remove(ended.id)),
    );
    registry.addForSession(started.server, started.credentials);
    await registry.select(started.server.id);
    const explore = l10n.t('Explore');
    const first = l10n.t('New Request');
    const answer = await window.showInformationMessage(
      l10n.t(
        'The sandbox district runs on {0}. Its people are invented; read and write as you like.',
        started.server.origin,
      ),
      explore,
      first,
    );
    if (answer === explore) await commands.executeCommand(`${VIEWS.servers}.focus`);
    if (answer === first) await commands.executeCommand(COMMANDS.newRequest);
  } catch (error) {
    await window.showErrorMessage(l10n.t('The sandbox district could not start. {0}', describeError(error)));
  }
}
