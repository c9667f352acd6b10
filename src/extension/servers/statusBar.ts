import { MarkdownString, StatusBarAlignment, ThemeColor, l10n, window, type Disposable } from 'vscode';
import { COMMANDS } from '../contributions.ts';
import { kindIcon, kindLabel, kindMeaning } from './serverKind.ts';
import type { ServerRegistry } from './serverRegistry.ts';

/** The one status bar item: which server requests of this workspace go to. */
export function createServerStatus(registry: ServerRegistry): Disposable {
  const item = window.createStatusBarItem('powerschool.server', StatusBarAlignment.Left, 10);
  item.name = l10n.t('PowerSchool Server');
  item.command = COMMANDS.selectServer;
  const update = (): void => {
    const { active } = registry;
    if (!active) {
      if (registry.servers.length === 0) return item.hide();
      item.text = `$(plug) ${l10n.t('Select PowerSchool Server')}`;
      item.tooltip = l10n.t('Requests of this workspace go nowhere until a server is selected.');
      item.accessibilityInformation = { label: item.text.replace('$(plug) ', ''), role: 'button' };
      item.backgroundColor = undefined;
      return item.show();
    }
    const kind = kindLabel(active.kind);
    item.text = `$(${kindIcon(active.kind).id}) ${active.name} (${kind})`;
    item.tooltip = new MarkdownString();
    item.tooltip.appendMarkdown(`${l10n.t('PowerSchool requests of this workspace go to')} **`);
    item.tooltip.appendText(active.name);
    item.tooltip.appendMarkdown(`** (${kind}).\n\n${active.origin}\n\n${kindMeaning(active.kind)}`);
    item.accessibilityInformation = {
      label: l10n.t('PowerSchool server: {0}, {1}', active.name, kind),
      role: 'button',
    };
    item.backgroundColor = active.kind === 'production' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
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
