import { ThemeColor, ThemeIcon, l10n, window, type QuickPickItem } from 'vscode';
import { isLoopbackOrigin } from '../../core/http/loopback.ts';
import type { ServerKind } from '../../core/powerschool/server.ts';

export const SERVER_KINDS: readonly ServerKind[] = ['production', 'test', 'sandbox'];

/** Kinds are told by icon and by word, never by colour alone. */
export function kindLabel(kind: ServerKind): string {
  switch (kind) {
    case 'production':
      return l10n.t('production');
    case 'test':
      return l10n.t('test');
    case 'sandbox':
      return l10n.t('sandbox');
  }
}

export function kindIcon(kind: ServerKind): ThemeIcon {
  switch (kind) {
    case 'production':
      return new ThemeIcon('shield', new ThemeColor('charts.red'));
    case 'test':
      return new ThemeIcon('beaker', new ThemeColor('charts.blue'));
    case 'sandbox':
      return new ThemeIcon('package', new ThemeColor('charts.green'));
  }
}

/** What a kind means for the user. */
export function kindMeaning(kind: ServerKind): string {
  switch (kind) {
    case 'production':
      return l10n.t('Real records. Every write asks first.');
    case 'test':
      return l10n.t('A copy that may be changed.');
    case 'sandbox':
      return l10n.t('Invented records.');
  }
}

/** Production until the user says otherwise, so that writes ask first; a sandbox runs on this computer. */
export function likelyKind(origin: string): ServerKind {
  return isLoopbackOrigin(origin) ? 'sandbox' : 'production';
}

/** Asks for the kind; undefined when dismissed. */
export async function pickKind(current: ServerKind): Promise<ServerKind | undefined> {
  const items: (QuickPickItem & { readonly serverKind: ServerKind })[] = SERVER_KINDS.map((kind) => ({
    label: kindLabel(kind),
    description: kind === current ? l10n.t('chosen now') : '',
    detail: kindMeaning(kind),
    iconPath: kindIcon(kind),
    serverKind: kind,
  }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Kind of Server'),
    placeHolder: l10n.t('What kind of server is it?'),
    ignoreFocusOut: true,
  });
  return picked?.serverKind;
}
