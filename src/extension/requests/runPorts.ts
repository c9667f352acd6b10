import { readFile, realpath } from 'node:fs/promises';
import { l10n, window, workspace } from 'vscode';
import type { Exchange } from '../../core/catalog/serverLearning.ts';
import type { RequestSender, RunPorts, ServerConnection, WriteQuestion } from '../../core/run/ports.ts';
import type { Server, ServerKind } from '../../core/powerschool/server.ts';
import { SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import { kindLabel } from '../servers/serverKind.ts';
import { watchedSender } from '../explorer/watchedSender.ts';
import type { ServerClients } from '../servers/serverClients.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';

type ConfirmWrites = 'production' | 'always' | 'never';

/** Hears of each answer once an address: what a server tells about itself is remembered. */
export type AnswerListener = (server: Server, exchange: Exchange) => void;

/** What a run needs of the editor: servers by name, files, questions to the user. */
export function createRunPorts(
  registry: ServerRegistry,
  clients: ServerClients,
  learn: AnswerListener,
): RunPorts & { connect(server: Server): Promise<ServerConnection> } {
  const confirm = workspace.getConfiguration(SETTINGS_SECTION).get<ConfirmWrites>(SETTINGS.confirmWrites, 'production');
  const senders = new Map<string, RequestSender>();
  const connect = async (server: Server): Promise<ServerConnection> => {
    let sender = senders.get(server.id);
    if (!sender) {
      sender = watchedSender(await clients.clientFor(server), (exchange) => learn(server, exchange));
      senders.set(server.id, sender);
    }
    return { server, sender };
  };
  return {
    connect,
    clientFor: async (name) => {
      const server = name === undefined ? registry.active : registry.findByName(name);
      return server && connect(server);
    },
    files: { realPath: (path) => realpath(path), read: (path) => readFile(path) },
    processEnv: (name) => process.env[name],
    prompt: async (question) => window.showInputBox({ prompt: question, ignoreFocusOut: true }),
    confirmWrite: async (question) => !mustAsk(confirm, question.server.kind) || askWrite(question),
    now: () => Date.now(),
    random: () => Math.random(),
  };
}

function mustAsk(confirm: ConfirmWrites, kind: ServerKind): boolean {
  return confirm === 'always' || (confirm === 'production' && kind === 'production');
}

async function askWrite({ server, method, url, name }: WriteQuestion): Promise<boolean> {
  const send = l10n.t('Send');
  const { pathname } = new URL(url);
  const answer = await window.showWarningMessage(
    l10n.t('Write to {0} ({1})?', server.name, kindLabel(server.kind)),
    { modal: true, detail: `${name === undefined ? '' : `${name}: `}${method} ${pathname}\n${server.origin}` },
    send,
  );
  return answer === send;
}
