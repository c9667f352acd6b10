import { ProgressLocation, commands, l10n, window } from 'vscode';
import { readMetadata } from '../../core/powerschool/metadata.ts';
import { COMMANDS } from '../contributions.ts';
import { showError } from '../problems/showError.ts';
import { openNewRequest } from '../requests/newRequest.ts';
import { maySend } from '../requests/trust.ts';
import type { ServerClients } from '../servers/serverClients.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';

/**
 * *Validate on Server*: what the active server finds wrong in the plugin whose credentials are used. The server
 * validates installed plugins only. The request is left for the user to see and to run again.
 */
export async function validateOnServer(registry: ServerRegistry, clients: ServerClients): Promise<void> {
  if (!maySend()) return;
  const server = registry.active;
  if (!server) {
    const add = l10n.t('Add Server');
    const picked = await window.showInformationMessage(
      l10n.t(
        'The server validates a plugin that is installed on it. Add the server with the plugin’s Client ID and Secret first.',
      ),
      add,
    );
    if (picked === add) await commands.executeCommand(COMMANDS.addServer);
    return;
  }
  try {
    const { pluginId } = await window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t('Asking {0} for the plugin', server.name) },
      async () => readMetadata(await clients.clientFor(server)),
    );
    if (pluginId === undefined) {
      await window.showInformationMessage(
        l10n.t('{0} does not say which plugin the credentials belong to.', server.name),
      );
      return;
    }
    const text = [
      `### ${l10n.t('Findings of the server in the plugin that is installed with these credentials')}`,
      `# ${l10n.t('When results is empty, the server finds nothing wrong')}`,
      '# @name validate',
      `GET /ws/schema/plugin/${encodeURIComponent(pluginId)}/validate`,
      '',
    ].join('\n');
    const editor = await openNewRequest('validate-plugin', text);
    await commands.executeCommand(COMMANDS.runRequest, { uri: editor.document.uri, index: 0 });
  } catch (error) {
    await showError(error);
  }
}
