import { CodeActionKind, languages, type Disposable, type DocumentFilter } from 'vscode';
import { together } from '../adapters/disposables.ts';
import type { FolderWatch } from '../adapters/folderWatch.ts';
import type { LintKnowledge } from './lintOptions.ts';
import { PackageLinter } from './packageLinter.ts';
import { WorkspaceLinter } from './workspaceLinter.ts';

/** The checks that need no open document: every plugin file of the workspace, and every package as a whole. */
export interface BackgroundLinters extends Disposable {
  /** Checks everything anew: the rules may be others. How many files that are read as text there were. */
  lintAll(): Promise<number>;
}

/** Starts the checks; they begin at once and follow the files. */
export function startBackgroundLinters(
  knowledge: LintKnowledge,
  selector: DocumentFilter[],
  folders: FolderWatch,
): BackgroundLinters {
  const files = new WorkspaceLinter(knowledge, folders);
  const packages = new PackageLinter(knowledge, folders);
  const parts = together(
    files,
    packages,
    languages.registerCodeActionsProvider(selector, packages, { providedCodeActionKinds: [CodeActionKind.QuickFix] }),
  );
  return {
    lintAll: async () => {
      const [checked] = await Promise.all([files.lintAll(), packages.checkAll()]);
      return checked;
    },
    dispose: () => parts.dispose(),
  };
}
