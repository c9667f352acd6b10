import { commands, l10n, window } from 'vscode';
import type { Server, ServerKind } from '../../core/powerschool/server.ts';
import { COMMANDS, VIEWS } from '../contributions.ts';
import { showError } from '../problems/showError.ts';
import { createConnectionMender } from './connectionMends.ts';
import { urlProblem } from './draftFields.ts';
import { ALL_FIELDS, askServerDraft, originOf, serverOf, type ServerDraft } from './serverDraft.ts';
import type { ServerClients } from './serverClients.ts';
import { describeFindings, type ServerFindings } from './serverFindings.ts';
import { kindLabel, kindMeaning } from './serverKind.ts';
import type { ServerRegistry } from './serverRegistry.ts';
import { trySigningIn, type SignedIn } from './signIn.ts';

export interface ServerFlowOptions {
  readonly registry: ServerRegistry;
  readonly clients: ServerClients;
}

/** What `powerschool.addServer` takes when another part of the editor calls it; then it asks nothing. */
export interface NewServerArguments {
  readonly name: string;
  readonly url: string;
  readonly kind: ServerKind;
  readonly clientId: string;
  readonly clientSecret: string;
}

export function isNewServerArguments(value: unknown): value is NewServerArguments {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Record<string, unknown>;
  const texts = ['name', 'url', 'clientId', 'clientSecret'].every((key) => typeof given[key] === 'string');
  return texts && ['production', 'test', 'sandbox'].includes(String(given['kind']));
}

/** Asks for a server, signs in, tells what it found, and saves it. */
export async function addServer(options: ServerFlowOptions, given: NewServerArguments | undefined): Promise<void> {
  if (given) return addGiven(options, given);
  const title = l10n.t('Add PowerSchool Server');
  await askAndAdd(options, { title, initial: { name: '', url: '', clientId: '', clientSecret: '' } });
}

/**
 * Asks for a server like one that is there: another plugin on it, or its test copy. The stored secret may be kept as
 * long as the address stays.
 */
export async function duplicateServer(options: ServerFlowOptions, server: Server): Promise<void> {
  const known = await options.registry.credentials(server);
  const { kind, network, origin } = server;
  await askAndAdd(options, {
    title: l10n.t('Duplicate {0}', server.name),
    initial: {
      name: l10n.t('{0} copy', server.name),
      url: origin,
      clientId: known?.clientId ?? '',
      clientSecret: '',
      kind,
      network,
      plainHttp: origin,
    },
    secretOf: (draft) => (originOf(draft.url) === origin ? known?.clientSecret : undefined),
  });
}

interface NewServerQuestion {
  readonly title: string;
  readonly initial: ServerDraft;
  /** The Client Secret that an empty field stands for. */
  readonly secretOf?: (draft: ServerDraft) => string | undefined;
}

async function askAndAdd(
  { registry, clients }: ServerFlowOptions,
  { title, initial, secretOf = () => undefined }: NewServerQuestion,
): Promise<void> {
  let signedIn: SignedIn | undefined;
  const draft = await askServerDraft({
    title,
    initial,
    fields: ALL_FIELDS,
    isNameTaken: (name) => registry.findByName(name) !== undefined,
    keepsSecret: (candidate) => secretOf(candidate) !== undefined,
    mender: createConnectionMender(title),
    submit: async (candidate, signal, report) => {
      const clientSecret = candidate.clientSecret || (secretOf(candidate) ?? '');
      const credentials = { clientId: candidate.clientId, clientSecret };
      const outcome = await trySigningIn(clients, { server: serverOf(candidate), credentials, signal, report });
      if (outcome.kind === 'refused') return outcome.refusal;
      signedIn = outcome;
      return undefined;
    },
  });
  if (draft && signedIn) await save(registry, signedIn);
}

async function addGiven({ registry, clients }: ServerFlowOptions, given: NewServerArguments): Promise<void> {
  const problem = urlProblem(given.url);
  // Messages are not waited for: whoever called the command goes on when the server is saved or refused.
  if (problem) return void showError(problem);
  const outcome = await trySigningIn(clients, {
    server: serverOf(given),
    credentials: { clientId: given.clientId.trim(), clientSecret: given.clientSecret.trim() },
    signal: new AbortController().signal,
  });
  if (outcome.kind === 'refused') void showError(outcome.refusal.problem);
  else await save(registry, outcome);
}

async function save(registry: ServerRegistry, { server, credentials, token, findings }: SignedIn): Promise<void> {
  const { id: _draft, ...parts } = server;
  const saved = await registry.add(parts, credentials);
  await registry.storeToken(saved, token);
  // Not waited for: the server is saved whether or not somebody answers.
  void announce(saved, findings);
}

async function announce(server: Server, findings: ServerFindings): Promise<void> {
  const explore = l10n.t('Explore');
  const request = l10n.t('New Request');
  const marked = l10n.t('It is marked {0}: {1}', kindLabel(server.kind), kindMeaning(server.kind));
  const text = `${describeFindings(server.name, findings)} ${marked}`;
  const answer = await window.showInformationMessage(text, explore, request);
  if (answer === explore) await commands.executeCommand(`${VIEWS.servers}.focus`);
  if (answer === request) await commands.executeCommand(COMMANDS.newRequest);
}
