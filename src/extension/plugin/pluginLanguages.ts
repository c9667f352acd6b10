import {
  commands,
  l10n,
  languages,
  window,
  workspace,
  type Disposable,
  type DocumentFilter,
  type TextDocument,
} from 'vscode';
import { together } from '../adapters/disposables.ts';
import type { Diagnostic } from '../../core/problem/diagnostic.ts';
import { COMMANDS, SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import { DocumentLinter } from '../problems/documentLinter.ts';
import { QuickFixes } from '../problems/quickFixes.ts';
import { PLUGIN_PATTERNS, isPluginFile } from './pluginFiles.ts';
import { readLintOptions } from './lintOptions.ts';
import { WorkspaceLinter } from './workspaceLinter.ts';

/** Diagnostics and quick fixes for the files of plugin packages, open or not. */
export function registerPluginLanguages(): Disposable {
  const linter = new DocumentLinter({
    name: 'powerschool-plugin',
    accepts: (document) => isPluginFile(document.uri),
    lint: lintDocument,
    onType: (document) =>
      workspace.getConfiguration(SETTINGS_SECTION, document).get<boolean>(SETTINGS.lintOnType, true),
  });
  const workspaceLinter = new WorkspaceLinter();
  const fixes = new QuickFixes(linter, async (text, document) => {
    const { fixAll } = await import('../../core/plugin/fixAll.ts');
    return fixAll({ fileName: document.uri.path, text, ...readLintOptions(document.uri) });
  });
  const selector: DocumentFilter[] = PLUGIN_PATTERNS.map((pattern) => ({ pattern }));

  return together(
    linter,
    workspaceLinter,
    languages.registerCodeActionsProvider(selector, fixes, { providedCodeActionKinds: QuickFixes.kinds }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SETTINGS_SECTION}.lint`)) {
        linter.recheckAll();
        void workspaceLinter.lintAll();
      }
    }),
    commands.registerCommand(COMMANDS.lintWorkspace, async () => {
      const { files, problems } = await workspaceLinter.lintAll();
      await commands.executeCommand('workbench.actions.view.problems');
      void window.setStatusBarMessage(
        files === 0
          ? l10n.t('No plugin files in this workspace')
          : l10n.t('Plugin files checked: {0}, problems: {1}', files, problems),
        5000,
      );
    }),
  );
}

async function lintDocument(document: TextDocument): Promise<readonly Diagnostic[]> {
  const { lintPluginDocument } = await import('./documentLint.ts');
  return lintPluginDocument(document);
}
