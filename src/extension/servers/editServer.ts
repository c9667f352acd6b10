import { l10n, window } from 'vscode';
import type { Credentials, Server } from '../../core/powerschool/server.ts';
import type { ServerFlowOptions } from './addServer.ts';
import { createConnectionMender } from './connectionMends.ts';
import { ALL_FIELDS, askServerDraft, kindOf, serverOf, type DraftField, type ServerDraft } from './serverDraft.ts';
import { describeFindings } from './serverFindings.ts';
import { pickKind } from './serverKind.ts';
import { trySigningIn, type SignedIn } from './signIn.ts';

/** Changes name, address, kind and credentials. The stored Client Secret is never shown; empty keeps it. */
export function editServer(options: ServerFlowOptions, server: Server): Promise<void> {
  return changeServer(options, server, { title: l10n.t('Edit {0}', server.name), fields: ALL_FIELDS });
}

/** Asks only for what the secret store lost: Client ID and Client Secret. */
export function signInAgain(options: ServerFlowOptions, server: Server): Promise<void> {
  const title = l10n.t('Sign In to {0}', server.name);
  return changeServer(options, server, { title, fields: ['clientId', 'clientSecret'] });
}

/** Marks a server production, test or sandbox. */
export async function changeKind({ registry }: ServerFlowOptions, server: Server): Promise<void> {
  const kind = await pickKind(server.kind);
  if (kind) await registry.change(server.id, { kind });
}

interface ChangeQuestion {
  readonly title: string;
  readonly fields: readonly DraftField[];
}

async function changeServer(
  { registry, clients }: ServerFlowOptions,
  server: Server,
  { title, fields }: ChangeQuestion,
): Promise<void> {
  const known = await registry.credentials(server);
  let signedIn: SignedIn | undefined;
  const draft = await askServerDraft({
    title,
    fields,
    initial: {
      name: server.name,
      url: server.origin,
      clientId: known?.clientId ?? '',
      clientSecret: '',
      kind: server.kind,
      network: server.network,
      plainHttp: server.origin,
    },
    isNameTaken: (name) => {
      const other = registry.findByName(name);
      return other !== undefined && other.id !== server.id;
    },
    keepsSecret: (candidate) => known !== undefined && serverOf(candidate).origin === server.origin,
    mender: createConnectionMender(title),
    submit: async (candidate, signal, report) => {
      signedIn = undefined;
      if (fields === ALL_FIELDS && known && signsInAlike(server, known, candidate)) return undefined;
      const outcome = await trySigningIn(clients, {
        server: serverOf(candidate),
        credentials: {
          clientId: candidate.clientId,
          clientSecret: candidate.clientSecret || (known?.clientSecret ?? ''),
        },
        signal,
        report,
      });
      if (outcome.kind === 'refused') return outcome.refusal;
      signedIn = outcome;
      return undefined;
    },
  });
  if (!draft) return;
  if (!signedIn) return registry.change(server.id, { name: draft.name, kind: kindOf(draft) });
  const changed: Server = { ...signedIn.server, id: server.id };
  await registry.update(changed, signedIn.credentials);
  await registry.storeToken(changed, signedIn.token);
  // Not waited for: the change is saved whether or not somebody answers.
  void window.showInformationMessage(describeFindings(changed.name, signedIn.findings));
}

/** Only name or kind differ: nothing to try at the server, which may be out of reach just now. */
function signsInAlike(server: Server, known: Credentials, draft: ServerDraft): boolean {
  const { origin, network } = serverOf(draft);
  return (
    origin === server.origin &&
    JSON.stringify(network) === JSON.stringify(server.network) &&
    draft.clientId === known.clientId &&
    (draft.clientSecret === '' || draft.clientSecret === known.clientSecret)
  );
}
