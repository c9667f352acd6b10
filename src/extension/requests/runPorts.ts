import { readFile, realpath } from 'node:fs/promises';
import { l10n, window, workspace } from 'vscode';
import type { RunPorts, WriteQuestion } from '../../core/run/ports.ts';
import type { ServerKind } from '../../core/powerschool/server.ts';
import { SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import { kindLabel } from '../servers/serverKind.ts';
import type { ServerClients } from '../servers/serverClients.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';

type ConfirmWrites = 'production' | 'always' | 'never';

/** What a run needs of the editor: servers by name, files, questions to the user. */
export function createRunPorts(registry: ServerRegistry, clients: ServerClients): RunPorts {
  const confirm = workspace.getConfiguration(SETTINGS_SECTION).get<ConfirmWrites>(SETTINGS.confirmWrites, 'production');
  return {
    clientFor: async (name) => {
      const server = name === undefined ? registry.active : registry.findByName(name);
      return server && { server, sender: await clients.clientFor(server) };
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
