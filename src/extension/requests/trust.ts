import { commands, l10n, window, workspace } from 'vscode';

/** Sending needs a trusted workspace: a request file from elsewhere could aim a token at another host. */
export async function maySend(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = l10n.t('Manage Workspace Trust');
  const answer = await window.showWarningMessage(l10n.t('Requests are sent only from a trusted workspace.'), manage);
  if (answer === manage) await commands.executeCommand('workbench.trust.manage');
  return false;
}
