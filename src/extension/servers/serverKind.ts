import { ThemeColor, ThemeIcon, l10n } from 'vscode';
import type { ServerKind } from '../../core/powerschool/server.ts';

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
