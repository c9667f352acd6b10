import { commands, l10n, window } from 'vscode';
import type { Server } from '../../core/powerschool/server.ts';
import { ExplainedError } from '../../core/problem/explainedError.ts';
import { COMMANDS, type CommandId } from '../contributions.ts';

/** The sentence and the mend of an expected failure, or the plain message of any other. */
export function describeError(error: unknown): string {
  if (error instanceof ExplainedError) return `${error.message} ${error.mend}`;
  return error instanceof Error ? error.message : String(error);
}

/**
 * Says what happened and what to do; the explanation of the code and the log are one click away. Where signing in
 * again or the settings of the server can mend it, so are they.
 *
 * @param server Whose request failed; without it the mend asks which.
 */
export async function showError(error: unknown, server?: Server): Promise<void> {
  const explain = l10n.t('Explain');
  const log = l10n.t('Show Log');
  const code = error instanceof ExplainedError ? error.code : undefined;
  const mend = code === undefined ? undefined : mendOf(code);
  const actions = code === undefined ? [log] : [...(mend ? [mend.title] : []), explain, log];
  const picked = await window.showErrorMessage(describeError(error), ...actions);
  if (picked === undefined) return;
  if (picked === mend?.title) await commands.executeCommand(mend.command, server && { server });
  if (picked === explain && code !== undefined) await commands.executeCommand(COMMANDS.openReference, code);
  if (picked === log) await commands.executeCommand(COMMANDS.showLog);
}

/** The command that leads to the mend: a test of the server offers to trust a certificate or to go past a proxy. */
function mendOf(code: string): { readonly title: string; readonly command: CommandId } | undefined {
  if (code === 'PS940' || code === 'PS941') return { title: l10n.t('Sign In Again'), command: COMMANDS.signInAgain };
  if (/^PS9[0-2]\d$/.test(code)) return { title: l10n.t('Test Server'), command: COMMANDS.testServer };
  return undefined;
}
