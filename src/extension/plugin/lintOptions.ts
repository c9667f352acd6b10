import { workspace, type Uri } from 'vscode';
import type { Severity } from '../../core/problem/problemCode.ts';
import { SETTINGS, SETTINGS_SECTION } from '../contributions.ts';

export interface LintOptions {
  /** Code → severity, or off. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
}

/** The rule settings that hold for a file. */
export function readLintOptions(uri: Uri): LintOptions {
  return { rules: workspace.getConfiguration(SETTINGS_SECTION, uri).get<LintOptions['rules']>(SETTINGS.lintRules, {}) };
}
