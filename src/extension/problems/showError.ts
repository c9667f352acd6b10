import { commands, l10n, window } from 'vscode';
import { ExplainedError } from '../../core/problem/explainedError.ts';
import { COMMANDS } from '../contributions.ts';

/** The sentence and the mend of an expected failure, or the plain message of any other. */
export function describeError(error: unknown): string {
  if (error instanceof ExplainedError) return `${error.message} ${error.mend}`;
  return error instanceof Error ? error.message : String(error);
}

/** Says what happened and what to do; the explanation of the code and the log are one click away. */
export async function showError(error: unknown): Promise<void> {
  const explain = l10n.t('Explain');
  const log = l10n.t('Show Log');
  const code = error instanceof ExplainedError ? error.code : undefined;
  const actions = code === undefined ? [log] : [explain, log];
  const picked = await window.showErrorMessage(describeError(error), ...actions);
  if (picked === explain && code !== undefined) await commands.executeCommand(COMMANDS.openReference, code);
  if (picked === log) await commands.executeCommand(COMMANDS.showLog);
}
