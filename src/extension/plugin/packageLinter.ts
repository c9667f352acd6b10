import {
  CodeAction,
  CodeActionKind,
  WorkspaceEdit,
  languages,
  workspace,
  type CodeActionProvider,
  type Diagnostic as EditorDiagnostic,
  type Disposable,
  type Range,
  type TextDocument,
  type Uri,
} from 'vscode';
import type { Diagnostic } from '../../core/problem/diagnostic.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import { editorDiagnostic, editorRange } from '../problems/editorDiagnostics.ts';
import type { LintKnowledge } from './lintOptions.ts';
import { isPluginFile } from './pluginFiles.ts';
import { findPluginFolders, folderOf, readPluginFolder, uriOf, type PluginFolder } from './pluginFolders.ts';

/** A package is checked when nothing has changed in it for this many milliseconds: well after the file itself. */
const REST_BEFORE_CHECK = 700;

interface FileFindings {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly shown: readonly EditorDiagnostic[];
}

/** Diagnostics between the files of each package of the workspace, open or not, and their fixes. */
export class PackageLinter implements CodeActionProvider, Disposable {
  readonly #knowledge: LintKnowledge;
  readonly #collection = languages.createDiagnosticCollection('powerschool-plugin-packages');
  readonly #found = new Map<string, FileFindings>();
  /** Files with findings, by package. */
  readonly #shownIn = new Map<string, readonly Uri[]>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: Disposable[];
  #folders: readonly PluginFolder[] = [];

  constructor(knowledge: LintKnowledge) {
    this.#knowledge = knowledge;
    const folders = '{queries_root,permissions_root,user_schema_root,MessageKeys,pagecataloging,WEB_ROOT,web_root}';
    const watchers = ['**/plugin.xml', `**/${folders}/**`].map((pattern) => workspace.createFileSystemWatcher(pattern));
    const changed = (uri: Uri): void => this.#checkAfterRest(uri);
    const listChanged = (uri: Uri): void => {
      if (uri.path.endsWith('/plugin.xml')) void this.checkAll();
      else this.#checkAfterRest(uri);
    };
    this.#subscriptions = [
      this.#collection,
      ...watchers,
      ...watchers.flatMap((watcher) => [
        watcher.onDidChange(changed),
        watcher.onDidCreate(listChanged),
        watcher.onDidDelete(listChanged),
      ]),
      workspace.onDidChangeTextDocument(({ document }) => {
        const { uri } = document;
        if (!isPluginFile(uri)) return;
        if (workspace.getConfiguration(SETTINGS_SECTION, uri).get<boolean>(SETTINGS.lintOnType, true)) changed(uri);
      }),
      workspace.onDidChangeWorkspaceFolders(() => void this.checkAll()),
    ];
    void this.checkAll();
  }

  async checkAll(): Promise<void> {
    this.#folders = await findPluginFolders();
    const known = new Set(this.#folders.map(({ folder }) => folder.toString()));
    for (const folder of [...this.#shownIn.keys()].filter((key) => !known.has(key))) this.#show(folder, new Map());
    for (const plugin of this.#folders) await this.#check(plugin);
  }

  provideCodeActions(document: TextDocument, range: Range): CodeAction[] {
    const found = this.#found.get(document.uri.toString());
    // Fixes of another text would go to wrong places.
    if (!found || found.text !== document.getText()) return [];
    const lines = new LineIndex(found.text);
    return found.diagnostics.flatMap(({ fixes }, index) => {
      const shown = found.shown[index];
      if (!shown?.range.intersection(range)) return [];
      return fixes.map(({ title, edits }) => {
        const action = new CodeAction(title, CodeActionKind.QuickFix);
        action.diagnostics = [shown];
        action.edit = new WorkspaceEdit();
        for (const edit of edits) action.edit.replace(document.uri, editorRange(lines, edit.range), edit.text);
        return action;
      });
    });
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #checkAfterRest(uri: Uri): void {
    const plugin = folderOf(uri, this.#folders);
    if (!plugin) return;
    const key = plugin.folder.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(
      key,
      setTimeout(() => void this.#check(plugin), REST_BEFORE_CHECK),
    );
  }

  async #check(plugin: PluginFolder): Promise<void> {
    const key = plugin.folder.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
    try {
      const [{ findAcrossFiles }, { roleOf }] = await Promise.all([
        import('./packageFindings.ts'),
        import('../../core/plugin/package/packageLayout.ts'),
      ]);
      const files = await readPluginFolder(plugin, { unsaved: true, bytes: (path) => roleOf(path) !== 'asset' });
      const found = new Map<Uri, FileFindings>();
      for (const { path, text, diagnostics } of await findAcrossFiles(
        key,
        files,
        await this.#knowledge.of(plugin.manifest),
      )) {
        const uri = uriOf(plugin, path);
        if ((await this.#knowledge.of(uri)).ignored) continue;
        const lines = new LineIndex(text);
        found.set(uri, {
          text,
          diagnostics,
          shown: diagnostics.map((diagnostic) => editorDiagnostic(lines, diagnostic)),
        });
      }
      this.#show(key, found);
    } catch {
      // The folder went away while it was read: its files take their findings with them.
      this.#show(key, new Map());
    }
  }

  #show(folder: string, found: ReadonlyMap<Uri, FileFindings>): void {
    for (const uri of this.#shownIn.get(folder) ?? []) {
      this.#collection.delete(uri);
      this.#found.delete(uri.toString());
    }
    for (const [uri, findings] of found) {
      this.#collection.set(uri, findings.shown);
      this.#found.set(uri.toString(), findings);
    }
    this.#shownIn.set(folder, [...found.keys()]);
  }
}
