import { window, type LogOutputChannel } from 'vscode';

/** The output channel *PowerSchool*. Lines reach it redacted: core code never logs a credential. */
export function createLog(): LogOutputChannel {
  return window.createOutputChannel('PowerSchool', { log: true });
}
