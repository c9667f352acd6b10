import { commands, l10n, window, workspace } from 'vscode';

/**
 * Sending needs a trusted workspace: a request file from elsewhere could aim a token at another host. False when it is
 * not trusted; the user is told, and where trust is given.
 */
export function maySend(): boolean {
  if (workspace.isTrusted) return true;
  const manage = l10n.t('Manage Workspace Trust');
  // Not waited for: whether or not somebody answers, nothing is sent now.
  void window.showWarningMessage(l10n.t('Requests are sent only from a trusted workspace.'), manage).then((answer) => {
    if (answer === manage) void commands.executeCommand('workbench.trust.manage');
  });
  return false;
}
