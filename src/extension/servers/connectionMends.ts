import { l10n, window, type QuickPickItem } from 'vscode';
import type { NetworkOptions, Server } from '../../core/powerschool/server.ts';
import type { ExplainedError } from '../../core/problem/explainedError.ts';
import { certificateOwner } from '../adapters/pemFile.ts';
import { pickAuthorityFile } from './authorityFile.ts';
import { trustCertificate } from './certificateTrust.ts';
import { compactNetwork } from './serverIndex.ts';

/** A way to mend a connection in the settings of the server alone. */
export type Mend = 'trust' | 'authority' | 'noProxy';

/** Codes that trusting the certificate mends; an expired one is refused even when it is trusted. */
const TRUST_CODES = new Set(['PS910', 'PS913', 'PS914', 'PS915']);
const AUTHORITY_CODES = new Set(['PS910', 'PS914', 'PS948']);
const PROXY_CODES = new Set(['PS920', 'PS921', 'PS922', 'PS923', 'PS924']);

/** What the settings of a server can do about a failure, best first. */
export function mendsOf(server: Server, code: string): readonly Mend[] {
  const mends: Mend[] = [];
  if (TRUST_CODES.has(code)) mends.push('trust');
  if (AUTHORITY_CODES.has(code)) mends.push('authority');
  if (PROXY_CODES.has(code) && server.network?.proxy !== false) mends.push('noProxy');
  return mends;
}

/** Offers those ways in the middle of another flow. */
export interface ConnectionMender {
  canMend(server: Server, problem: ExplainedError): boolean;
  /** The network options to go on with, or undefined when the user would rather change something else. */
  offer(server: Server, problem: ExplainedError): Promise<Mended | undefined>;
}

export interface Mended {
  readonly network: NetworkOptions | undefined;
}

export function createConnectionMender(title: string): ConnectionMender {
  return {
    canMend: (server, { code }) => mendsOf(server, code).length > 0,
    offer: async (server, problem) => {
      const mends = mendsOf(server, problem.code);
      if (mends.length === 0) return undefined;
      const items: (QuickPickItem & { readonly mend?: Mend })[] = mends.map((mend) =>
        Object.assign(mendItem(mend), { mend }),
      );
      items.push({
        label: `$(arrow-left) ${l10n.t('Back')}`,
        detail: l10n.t('Change what you entered; everything is kept.'),
      });
      const picked = await window.showQuickPick(items, {
        title,
        placeHolder: `${problem.message} (${problem.code})`,
        ignoreFocusOut: true,
      });
      return picked?.mend && applyMend(server, picked.mend);
    },
  };
}

export function mendItem(mend: Mend): QuickPickItem {
  switch (mend) {
    case 'trust':
      return {
        label: `$(verified) ${l10n.t('Trust this certificate…')}`,
        detail: l10n.t('Shows whose it is and its fingerprint. Trusted for this server alone.'),
      };
    case 'authority':
      return {
        label: `$(file-symlink-file) ${l10n.t('Choose a CA file…')}`,
        detail: l10n.t('The authority of the district or of the proxy that inspects TLS, as a PEM file.'),
      };
    case 'noProxy':
      return {
        label: `$(debug-disconnect) ${l10n.t('Go without the proxy')}`,
        detail: l10n.t('Connects straight to this server, whatever the proxy settings say.'),
      };
  }
}

/** Carries out one way, asking what it needs; undefined when dismissed. */
export async function applyMend(server: Server, mend: Mend): Promise<Mended | undefined> {
  const { network = {} } = server;
  switch (mend) {
    case 'trust': {
      const pinnedCertificate = await trustCertificate(server);
      return pinnedCertificate === undefined
        ? undefined
        : { network: compactNetwork({ ...network, pinnedCertificate }) };
    }
    case 'authority': {
      const ca = await pickAuthorityFile();
      if (!ca) return undefined;
      // Not waited for: the flow goes on whether or not somebody reads it.
      void window.showInformationMessage(
        l10n.t('This server also trusts what {0} has issued.', ca.map(certificateOwner).join(', ')),
      );
      // A pin would go on being the only certificate that is accepted.
      return { network: compactNetwork({ ...network, ca, pinnedCertificate: undefined }) };
    }
    case 'noProxy':
      return { network: compactNetwork({ ...network, proxy: false }) };
  }
}
