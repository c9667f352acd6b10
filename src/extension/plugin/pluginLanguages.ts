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
import type { FolderWatch } from '../adapters/folderWatch.ts';
import { COMMANDS, SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import { DocumentLinter } from '../problems/documentLinter.ts';
import { QuickFixes } from '../problems/quickFixes.ts';
import { isSaidByOthers, linesOfOthers } from './otherXmlTools.ts';
import { PACKAGE_PATTERN, PLUGIN_PATTERNS, isPluginFile } from './pluginFiles.ts';
import type { LintKnowledge } from './lintOptions.ts';

/** Diagnostics and quick fixes for the files of plugin packages, open or not. */
export function registerPluginLanguages(knowledge: LintKnowledge, folders: FolderWatch): Disposable {
  const linter = new DocumentLinter({
    name: 'powerschool-plugin',
    accepts: (document) => isPluginFile(document.uri),
    lint: async (document) => {
      const { lintPluginDocument } = await import('./pluginChecks.ts');
      return lintPluginDocument(document, knowledge);
    },
    shows: ({ uri }, diagnostic, shown) => !isSaidByOthers(uri, diagnostic, shown),
    onType: (document) =>
      workspace.getConfiguration(SETTINGS_SECTION, document).get<boolean>(SETTINGS.lintOnType, true),
  });
  const fixes = new QuickFixes(
    linter,
    async (text, document) => {
      const { fixAll } = await import('./pluginChecks.ts');
      return fixAll({ fileName: document.uri.path, text, ...(await knowledge.of(document.uri)) });
    },
    async (document) => (await import('./pluginChecks.ts')).suppressionsIn(document.uri.path, document.getText()),
  );
  const selector: DocumentFilter[] = PLUGIN_PATTERNS.map((pattern) => ({ pattern }));
  const recheck = (): void => {
    linter.recheckAll();
    void background.then((started) => started.lintAll());
  };
  const services = import('./pluginServices.ts');
  const background = services.then(({ startBackgroundLinters }) =>
    startBackgroundLinters(
      knowledge,
      [...selector, { pattern: PACKAGE_PATTERN }, { pattern: '**/*.ps.http' }],
      folders,
    ),
  );
  const features = services.then(({ registerPluginFeatures }) => registerPluginFeatures(selector, knowledge, folders));
  /** What other XML tools marked when a document was last shown. */
  const others = new WeakMap<TextDocument, string>();

  return together(
    linter,
    { dispose: () => void features.then((registered) => registered.dispose()) },
    languages.onDidChangeDiagnostics(({ uris }) => {
      const changed = new Set(uris.filter(isPluginFile).map(String));
      for (const document of workspace.textDocuments) {
        if (!changed.has(document.uri.toString())) continue;
        const lines = linesOfOthers(document.uri);
        if (lines === (others.get(document) ?? '')) continue;
        others.set(document, lines);
        linter.showAgain(document);
      }
    }),
    { dispose: () => void background.then((started) => started.dispose()) },
    knowledge.onDidChange(recheck),
    languages.registerCodeActionsProvider(selector, fixes, { providedCodeActionKinds: QuickFixes.kinds }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SETTINGS_SECTION}.lint`)) recheck();
    }),
    commands.registerCommand(COMMANDS.lintWorkspace, async () => {
      const files = await (await background).lintAll();
      const { problemsIn } = await services;
      const { errors, warnings } = problemsIn(({ path }) => !path.endsWith('.ps.http'));
      await commands.executeCommand('workbench.actions.view.problems');
      void window.setStatusBarMessage(
        files === 0
          ? l10n.t('No plugin files in this workspace')
          : l10n.t('Plugin files checked: {0}, errors: {1}, warnings: {2}', files, errors, warnings),
        5000,
      );
    }),
  );
}
