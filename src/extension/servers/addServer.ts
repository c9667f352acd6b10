import { commands, l10n, window } from 'vscode';
import { isLoopbackOrigin, parseServerUrl } from '../../core/powerschool/serverUrl.ts';
import type { Server, ServerKind } from '../../core/powerschool/server.ts';
import { MemorySecretStore } from '../adapters/memorySecrets.ts';
import { COMMANDS, VIEWS } from '../contributions.ts';
import { describeError } from '../problems/showError.ts';
import type { StepRefusal } from './inputStep.ts';
import { DRAFT_STEPS, askServerDraft, type ServerDraft } from './serverDraft.ts';
import type { ServerClients } from './serverClients.ts';
import { describeFindings, examineServer, vitalFailure, type ServerFindings } from './serverFindings.ts';
import type { ServerRegistry } from './serverRegistry.ts';

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
  let signedIn: SignedIn | undefined;
  const draft = await askServerDraft({
    title: l10n.t('Add PowerSchool Server'),
    initial: {},
    checkUrl: urlProblem,
    submit: async (candidate, signal, report) => {
      const outcome = await trySigningIn(options.clients, candidate, undefined, signal, report);
      if (outcome.kind === 'refused') return outcome.refusal;
      signedIn = outcome;
      return undefined;
    },
  });
  if (draft && signedIn) await save(options.registry, signedIn);
}

async function addGiven({ registry, clients }: ServerFlowOptions, given: NewServerArguments): Promise<void> {
  const problem = urlProblem(given.url);
  if (problem !== undefined) {
    void window.showErrorMessage(problem);
    return;
  }
  const outcome = await trySigningIn(clients, given, given.kind, new AbortController().signal);
  if (outcome.kind === 'refused') void window.showErrorMessage(outcome.refusal.problem);
  else await save(registry, outcome);
}

export interface SignedIn {
  readonly kind: 'signedIn';
  readonly server: Server;
  readonly draft: ServerDraft;
  readonly secrets: MemorySecretStore;
  readonly findings: ServerFindings;
}

/** Exchanges the credentials of a draft for a token and checks the server, saving nothing yet. */
export async function trySigningIn(
  clients: ServerClients,
  draft: ServerDraft,
  kind: ServerKind | undefined,
  signal: AbortSignal,
  report?: (step: string) => void,
): Promise<SignedIn | { readonly kind: 'refused'; readonly refusal: StepRefusal }> {
  const parsed = parseServerUrl(draft.url);
  if (parsed.kind !== 'server') return refused(DRAFT_STEPS.url, `${parsed.problem.message} ${parsed.problem.mend}`);
  const { origin } = parsed;
  const server: Server = { id: 'draft', name: draft.name.trim(), origin, kind: kind ?? likelyKind(origin) };
  const secrets = new MemorySecretStore();
  secrets.keep(server, { clientId: draft.clientId.trim(), clientSecret: draft.clientSecret.trim() });
  const client = await clients.open(server, secrets);
  try {
    const findings = await examineServer(client, report, signal);
    const failure = vitalFailure(findings);
    if (!failure) return { kind: 'signedIn', server, draft, secrets, findings };
    const step =
      failure.problem.code === 'PS941' || failure.step === 'plugin' ? DRAFT_STEPS.clientSecret : DRAFT_STEPS.url;
    return refused(step, `${failure.problem.message} ${failure.problem.mend} (${failure.problem.code})`);
  } catch (error) {
    return refused(DRAFT_STEPS.clientSecret, describeError(error));
  } finally {
    await client.close();
  }
}

/** What is wrong with an address, or undefined. Plain http leaves this computer only for a sandbox on it. */
export function urlProblem(url: string): string | undefined {
  const parsed = parseServerUrl(url);
  return parsed.kind === 'server' ? undefined : `${parsed.problem.message} ${parsed.problem.mend}`;
}

/** Production until the user says otherwise, so that writes ask first; a sandbox runs on this computer. */
function likelyKind(origin: string): ServerKind {
  return isLoopbackOrigin(origin) ? 'sandbox' : 'production';
}

async function save(registry: ServerRegistry, { server, draft, secrets, findings }: SignedIn): Promise<void> {
  const saved = await registry.add(
    { name: server.name, origin: server.origin, kind: server.kind },
    { clientId: draft.clientId.trim(), clientSecret: draft.clientSecret.trim() },
  );
  await registry.storeToken(saved, await secrets.token(server));
  // Not waited for: the server is saved whether or not somebody answers.
  void announce(saved.name, findings);
}

async function announce(name: string, findings: ServerFindings): Promise<void> {
  const explore = l10n.t('Explore');
  const request = l10n.t('New Request');
  const answer = await window.showInformationMessage(describeFindings(name, findings), explore, request);
  if (answer === explore) await commands.executeCommand(`${VIEWS.servers}.focus`);
  if (answer === request) await commands.executeCommand(COMMANDS.newRequest);
}

function refused(step: number, problem: string): { readonly kind: 'refused'; readonly refusal: StepRefusal } {
  return { kind: 'refused', refusal: { step, problem } };
}
