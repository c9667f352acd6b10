import { QuickPickItemKind, l10n, window, type QuickPickItem } from 'vscode';
import type { Server } from '../../core/powerschool/server.ts';
import { kindIcon, kindLabel } from './serverKind.ts';

type ServerItem = QuickPickItem & { readonly server?: Server; readonly add?: true };

/** Asks which server; `'add'` when the user would rather add one, undefined when dismissed. */
export async function pickServer(
  servers: readonly Server[],
  active: Server | undefined,
  placeHolder: string,
): Promise<Server | 'add' | undefined> {
  const items: ServerItem[] = servers.map((server) => ({
    label: server.name,
    description: `${kindLabel(server.kind)} · ${new URL(server.origin).host}`,
    iconPath: kindIcon(server.kind),
    ...(server.id === active?.id ? { detail: l10n.t('Active in this workspace') } : {}),
    server,
  }));
  items.push({ label: '', kind: QuickPickItemKind.Separator }, { label: `$(add) ${l10n.t('Add Server…')}`, add: true });
  const picked = await window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked?.add ? 'add' : picked?.server;
}
