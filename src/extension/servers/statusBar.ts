import { MarkdownString, StatusBarAlignment, ThemeColor, l10n, window, type Disposable } from 'vscode';
import { COMMANDS } from '../contributions.ts';
import { kindLabel } from './serverKind.ts';
import type { ServerRegistry } from './serverRegistry.ts';

/** The one status bar item: which server requests of this workspace go to. */
export function createServerStatus(registry: ServerRegistry): Disposable {
  const item = window.createStatusBarItem('powerschool.server', StatusBarAlignment.Left, 10);
  item.name = l10n.t('PowerSchool Server');
  item.command = COMMANDS.selectServer;
  const update = (): void => {
    const { active } = registry;
    if (!active) return item.hide();
    const kind = kindLabel(active.kind);
    const production = active.kind === 'production';
    item.text = `$(${production ? 'shield' : 'server-environment'}) ${active.name}${production ? ` (${kind})` : ''}`;
    item.tooltip = new MarkdownString(
      `${l10n.t('Requests of this workspace go to **{0}** ({1}).', active.name, kind)}\n\n${active.origin}`,
    );
    item.accessibilityInformation = {
      label: l10n.t('PowerSchool server: {0}, {1}', active.name, kind),
      role: 'button',
    };
    item.backgroundColor = production ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  };
  update();
  const subscription = registry.onDidChange(update);
  return {
    dispose: () => {
      subscription.dispose();
      item.dispose();
    },
  };
}
