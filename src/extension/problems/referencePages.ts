import { commands, l10n, workspace, type Disposable } from 'vscode';
import { together } from '../adapters/disposables.ts';
import { COMMANDS } from '../contributions.ts';
import { REFERENCE_SCHEME, referenceUri } from './editorDiagnostics.ts';

/** The page behind each code: what it means, why, and how to mend it. */
export function registerReferencePages(): Disposable {
  return together(
    workspace.registerTextDocumentContentProvider(REFERENCE_SCHEME, {
      provideTextDocumentContent: async (uri) => {
        const code = uri.path.slice(1).replace(/\.md$/, '');
        const { allProblems, problemPage } = await import('../../core/problem/allProblems.ts');
        const row = allProblems().get(code);
        return row ? `${problemPage(code, row, 1)}\n` : l10n.t('There is no code {0}.', code);
      },
    }),
    commands.registerCommand(COMMANDS.openReference, async (code: string) => {
      await commands.executeCommand('markdown.showPreviewToSide', referenceUri(code));
    }),
  );
}
