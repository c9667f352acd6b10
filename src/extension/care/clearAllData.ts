import {
  TabInputCustom,
  TabInputText,
  TabInputTextDiff,
  TabInputWebview,
  commands,
  l10n,
  window,
  type Memento,
  type QuickPickItem,
  type Tab,
} from 'vscode';
import { COMMANDS, COMPARE_SCHEME, RESPONSE_SCHEME } from '../contributions.ts';
import type { Explorer } from '../explorer/explorer.ts';
import type { History } from '../history/history.ts';
import type { RequestRunner } from '../requests/requestRunner.ts';
import type { BodyStore } from '../response/bodyStore.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import { filesBelow, removeAll } from './storedFiles.ts';

export interface ClearAllOptions {
  readonly registry: ServerRegistry;
  readonly explorer: Explorer;
  readonly history: History;
  readonly bodies: BodyStore;
  readonly runner: RequestRunner;
  readonly workspaceState: Memento;
  /** The folder of the extension in the editor's storage: everything that it wrote lies below. */
  readonly storage: string;
}

type Part = 'answers' | 'facts' | 'choices' | 'servers';

/** Asks what shall go, removes it, and looks whether it is gone. */
export async function clearAllData(options: ClearAllOptions): Promise<void> {
  const parts = await askWhat(options.registry);
  if (!parts || !(await confirmed(parts, options.registry))) return;
  const before = Date.now();
  await remove(parts, options);
  // A view that is open may have asked a server anew meanwhile: only what was there before counts.
  const left = parts.has('answers') && parts.has('facts') ? await filesBelow(options.storage, before) : [];
  if (left.length > 0) {
    await window.showWarningMessage(
      l10n.t('{0} files could not be removed, since another program uses them: {1}', left.length, left.join(', ')),
    );
    return;
  }
  const reload = l10n.t('Reload Window');
  const answer = await window.showInformationMessage(
    l10n.t('It is removed. Other windows may still show answers until they are closed.'),
    reload,
  );
  if (answer === reload) await commands.executeCommand('workbench.action.reloadWindow');
}

async function askWhat({ servers }: ServerRegistry): Promise<ReadonlySet<Part> | undefined> {
  const items: (QuickPickItem & { readonly part: Part })[] = [
    {
      part: 'answers',
      label: l10n.t('History and answers'),
      detail: l10n.t('What was sent, bodies that are kept, and open answers'),
    },
    {
      part: 'facts',
      label: l10n.t('What servers told about themselves'),
      detail: l10n.t('Their tables, columns, PowerQueries and extensions; asked for again when needed'),
    },
    {
      part: 'choices',
      label: l10n.t('Choices of this workspace'),
      detail: l10n.t('What is checked in the tree, conditions, the environment and the active server'),
    },
    {
      part: 'servers',
      label: l10n.t('Servers, Client Secrets and tokens'),
      description: String(servers.length),
      detail: l10n.t('Uncheck this to stay signed in'),
    },
  ];
  const picked = await window.showQuickPick(
    items.map((item) => Object.assign(item, { picked: true })),
    { canPickMany: true, title: l10n.t('Clear All Data'), placeHolder: l10n.t('What shall be removed?') },
  );
  return picked && picked.length > 0 ? new Set(picked.map(({ part }) => part)) : undefined;
}

async function confirmed(parts: ReadonlySet<Part>, { servers }: ServerRegistry): Promise<boolean> {
  const remove = l10n.t('Remove');
  const lines = [
    ...(parts.has('answers') ? [l10n.t('The history and all answers, in every window')] : []),
    ...(parts.has('facts') ? [l10n.t('What servers told about themselves')] : []),
    ...(parts.has('choices') ? [l10n.t('Choices of this workspace')] : []),
    ...(parts.has('servers')
      ? [l10n.t('{0} servers with their secrets: {1}', servers.length, servers.map(({ name }) => name).join(', '))]
      : []),
    '',
    l10n.t('Request files, exports and saved answers are yours and stay. This cannot be undone.'),
  ];
  const answer = await window.showWarningMessage(
    l10n.t('Remove this from your computer?'),
    { modal: true, detail: lines.join('\n') },
    remove,
  );
  return answer === remove;
}

async function remove(parts: ReadonlySet<Part>, options: ClearAllOptions): Promise<void> {
  const { registry, explorer, history, bodies, runner, workspaceState, storage } = options;
  if (parts.has('answers')) {
    runner.forgetAll();
    // Editors first: they hold the bodies that they show.
    await window.tabGroups.close(window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(showsAnswer), true);
    await history.clear();
    await bodies.clear();
  }
  if (parts.has('facts')) await explorer.forget();
  if (parts.has('servers')) {
    await commands.executeCommand(COMMANDS.stopSandbox);
    for (const { id } of registry.servers) await registry.remove(id);
  }
  if (parts.has('choices')) {
    for (const key of workspaceState.keys()) await workspaceState.update(key, undefined);
  }
  // What no part knows of any more: of servers that are long gone, or of an earlier version.
  if (parts.has('answers') && parts.has('facts')) await removeAll(storage);
}

/** Every editor of this extension that shows what a server answered. */
function showsAnswer({ input }: Tab): boolean {
  if (input instanceof TabInputTextDiff) return isOurs(input.original.scheme);
  if (input instanceof TabInputText) return isOurs(input.uri.scheme);
  return (
    (input instanceof TabInputWebview || input instanceof TabInputCustom) && input.viewType.includes('powerschool')
  );
}

function isOurs(scheme: string): boolean {
  return scheme === RESPONSE_SCHEME || scheme === COMPARE_SCHEME;
}
