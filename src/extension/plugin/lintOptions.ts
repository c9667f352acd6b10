import { workspace, type Uri } from 'vscode';
import type { TableCatalog } from '../../core/catalog/tables.ts';
import type { Severity } from '../../core/problem/problemCode.ts';
import { SETTINGS, SETTINGS_SECTION } from '../contributions.ts';

export interface LintOptions {
  /** Code → severity, or off. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly tables: TableCatalog;
}

/** What plugin files are judged by: the settings of their folder, and the tables that are known. */
export class LintKnowledge {
  #tables: Promise<TableCatalog> | undefined;

  /** The tables are loaded with the first file. */
  async of(uri: Uri): Promise<LintOptions> {
    this.#tables ??= import('../../core/catalog/load.ts').then(({ loadTables }) => loadTables());
    const rules = workspace.getConfiguration(SETTINGS_SECTION, uri).get<LintOptions['rules']>(SETTINGS.lintRules, {});
    return { rules, tables: await this.#tables };
  }
}
