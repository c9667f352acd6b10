import { QuickPickItemKind, ThemeIcon, l10n, window, type QuickPickItem } from 'vscode';
import type { NetworkOptions, Server } from '../../core/powerschool/server.ts';
import { certificateOwner } from '../adapters/pemFile.ts';
import { applyMend } from './connectionMends.ts';
import { compactNetwork } from './serverIndex.ts';
import type { ServerRegistry } from './serverRegistry.ts';

type NetworkItem = QuickPickItem & {
  /** The network options after the choice; undefined when the user thought better of it. */
  readonly choose?: () => Promise<{ readonly network: NetworkOptions | undefined } | undefined>;
};

/** The way to one server: proxy, CA file, trusted certificate. Each choice is kept at once; Escape ends. */
export async function configureNetwork(registry: ServerRegistry, serverId: string): Promise<void> {
  for (;;) {
    const server = registry.find(serverId);
    if (!server) return;
    const picked = await window.showQuickPick(networkItems(server), {
      title: l10n.t('Network and Certificates of {0}', server.name),
      placeHolder: l10n.t('How this computer reaches {0}', new URL(server.origin).host),
    });
    const chosen = await picked?.choose?.();
    if (!picked) return;
    if (chosen) await registry.change(serverId, chosen);
  }
}

function networkItems(server: Server): NetworkItem[] {
  const network = server.network ?? {};
  const keep = (parts: NetworkOptions) => async () => ({ network: compactNetwork({ ...network, ...parts }) });
  const proxyOff = network.proxy === false;
  const items: NetworkItem[] = [
    separator(l10n.t('Proxy')),
    {
      label: proxyOff ? l10n.t('Use the proxy') : l10n.t('Go without the proxy'),
      description: proxyOff ? l10n.t('off for this server') : l10n.t('as the settings and the environment say'),
      iconPath: new ThemeIcon(proxyOff ? 'globe' : 'debug-disconnect'),
      choose: keep({ proxy: proxyOff ? undefined : false }),
    },
  ];
  if (!server.origin.startsWith('https:')) return items;

  const ca = network.ca ?? [];
  items.push(separator(l10n.t('CA file')), {
    label: ca.length > 0 ? l10n.t('Choose another CA file…') : l10n.t('Choose a CA file…'),
    description: ca.length > 0 ? ca.map(certificateOwner).join(', ') : l10n.t('none'),
    iconPath: new ThemeIcon('file-symlink-file'),
    choose: () => applyMend(server, 'authority'),
  });
  if (ca.length > 0) {
    items.push({
      label: l10n.t('Remove the CA file'),
      iconPath: new ThemeIcon('trash'),
      choose: keep({ ca: undefined }),
    });
  }
  const pin = network.pinnedCertificate;
  items.push(separator(l10n.t('Trusted certificate')), {
    label: l10n.t('Show the certificate of the server and trust it…'),
    description: pin === undefined ? l10n.t('none') : '',
    ...(pin === undefined ? {} : { detail: l10n.t('Trusted now: SHA-256 {0}…', pin.slice(0, 23)) }),
    iconPath: new ThemeIcon('verified'),
    choose: () => applyMend(server, 'trust'),
  });
  if (pin !== undefined) {
    items.push({
      label: l10n.t('Trust this certificate no longer'),
      iconPath: new ThemeIcon('trash'),
      choose: keep({ pinnedCertificate: undefined }),
    });
  }
  return items;
}

function separator(label: string): QuickPickItem {
  return { label, kind: QuickPickItemKind.Separator };
}
