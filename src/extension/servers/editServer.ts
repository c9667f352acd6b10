import { l10n, window, type QuickPickItem } from 'vscode';
import type { Server, ServerKind } from '../../core/powerschool/server.ts';
import { trySigningIn, urlProblem, type ServerFlowOptions, type SignedIn } from './addServer.ts';
import { askServerDraft } from './serverDraft.ts';
import { describeFindings } from './serverFindings.ts';
import { kindIcon, kindLabel } from './serverKind.ts';

/** Changes name, address, kind and credentials. The Client Secret is typed again: it is never shown. */
export async function editServer({ registry, clients }: ServerFlowOptions, server: Server): Promise<void> {
  const known = await registry.credentials(server);
  let signedIn: SignedIn | undefined;
  const draft = await askServerDraft({
    title: l10n.t('Edit {0}', server.name),
    initial: { name: server.name, url: server.origin, clientId: known?.clientId ?? '' },
    checkUrl: urlProblem,
    submit: async (candidate, signal, report) => {
      const outcome = await trySigningIn(clients, candidate, server.kind, signal, report);
      if (outcome.kind === 'refused') return outcome.refusal;
      signedIn = outcome;
      return undefined;
    },
  });
  if (!draft || !signedIn) return;
  const kind = (await pickKind(server.kind)) ?? server.kind;
  const changed: Server = { ...server, name: signedIn.server.name, origin: signedIn.server.origin, kind };
  await registry.update(changed, { clientId: draft.clientId.trim(), clientSecret: draft.clientSecret.trim() });
  await registry.storeToken(changed, await signedIn.secrets.token(signedIn.server));
  await window.showInformationMessage(describeFindings(changed.name, signedIn.findings));
}

async function pickKind(current: ServerKind): Promise<ServerKind | undefined> {
  const details: Readonly<Record<ServerKind, string>> = {
    production: l10n.t('Real records. Every write asks first.'),
    test: l10n.t('A copy that may be changed.'),
    sandbox: l10n.t('Invented records.'),
  };
  const kinds: readonly ServerKind[] = [
    current,
    ...(['production', 'test', 'sandbox'] as const).filter((kind) => kind !== current),
  ];
  const items: (QuickPickItem & { readonly serverKind: ServerKind })[] = kinds.map((kind) => ({
    label: kindLabel(kind),
    detail: details[kind],
    iconPath: kindIcon(kind),
    serverKind: kind,
  }));
  const picked = await window.showQuickPick(items, {
    placeHolder: l10n.t('What kind of server is it?'),
    ignoreFocusOut: true,
  });
  return picked?.serverKind;
}
