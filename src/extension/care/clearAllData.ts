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
  const items = await askWhat(options.registry);
  if (!items || items.length === 0 || !(await confirmed(items))) return;
  const parts = new Set(items.map(({ part }) => part));
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

interface PartItem extends QuickPickItem {
  readonly part: Part;
}

async function askWhat({ servers }: ServerRegistry): Promise<readonly PartItem[] | undefined> {
  const items: PartItem[] = [
    {
      part: 'answers',
      label: l10n.t('History and answers'),
      detail: l10n.t('What was sent, kept bodies and open answers, in every window'),
    },
    {
      part: 'facts',
      label: l10n.t('What servers told about themselves'),
      detail: l10n.t('Tables, columns, PowerQueries and extensions; asked for again when needed'),
    },
    {
      part: 'choices',
      label: l10n.t('Choices of this workspace'),
      detail: l10n.t('What is checked in the tree, conditions, the environment and the active server'),
    },
    {
      part: 'servers',
      label: l10n.t('Servers, Client Secrets and tokens'),
      description: servers.map(({ name }) => name).join(', '),
      detail: l10n.t('Uncheck this to stay signed in'),
    },
  ];
  for (const item of items) item.picked = true;
  const title = l10n.t('Clear All Data');
  const placeHolder = l10n.t('What shall be removed?');
  return window.showQuickPick(items, { canPickMany: true, title, placeHolder });
}

async function confirmed(items: readonly PartItem[]): Promise<boolean> {
  const remove = l10n.t('Remove');
  const lines = items.map(({ label, description }) => `${label}${description ? ` (${description})` : ''}`);
  lines.push('', l10n.t('Request files, exports and saved answers are yours and stay. This cannot be undone.'));
  const question = l10n.t('Remove this from your computer?');
  return (await window.showWarningMessage(question, { modal: true, detail: lines.join('\n') }, remove)) === remove;
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
