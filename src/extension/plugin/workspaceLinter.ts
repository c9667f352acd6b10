import { Uri, languages, workspace, type Disposable } from 'vscode';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { isWithin, type FolderWatch } from '../adapters/folderWatch.ts';
import { editorDiagnostic } from '../problems/editorDiagnostics.ts';
import { PLUGIN_PATTERNS, isPluginFile } from './pluginFiles.ts';
import type { LintKnowledge } from './lintOptions.ts';

/** Checks the plugin files of the workspace that are not open, from their bytes; open ones belong to their documents. */
export class WorkspaceLinter implements Disposable {
  readonly #knowledge: LintKnowledge;
  readonly #collection = languages.createDiagnosticCollection('powerschool-plugin-files');
  readonly #subscriptions: Disposable[] = [this.#collection];
  /** The check of each file that was begun last: what an earlier one read is older. */
  readonly #latest = new Map<string, symbol>();

  constructor(knowledge: LintKnowledge, folders: FolderWatch) {
    this.#knowledge = knowledge;
    for (const pattern of PLUGIN_PATTERNS) {
      const watcher = workspace.createFileSystemWatcher(pattern);
      const check = (uri: Uri): void => void this.#lint(uri);
      watcher.onDidCreate(check);
      watcher.onDidChange(check);
      this.#subscriptions.push(watcher);
    }
    this.#subscriptions.push(
      folders.onDidCome((uris) => void uris.filter(isPluginFile).map((uri) => this.#lint(uri))),
      folders.onDidGo((gone) => this.#forget(gone)),
      workspace.onDidOpenTextDocument(({ uri }) => this.#collection.delete(uri)),
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (isPluginFile(uri)) void this.#lint(uri);
      }),
    );
    void this.lintAll();
  }

  /** How many files were checked. */
  async lintAll(): Promise<number> {
    const found = await Promise.all(
      PLUGIN_PATTERNS.map((pattern) => workspace.findFiles(pattern, '**/node_modules/**')),
    );
    // a file may fit more than one pattern
    const uris = [...new Map(found.flat().map((uri) => [uri.toString(), uri])).values()];
    for (const uri of uris) await this.#lint(uri);
    return uris.length;
  }

  #forget(gone: Uri): void {
    for (const key of this.#latest.keys()) if (isWithin(Uri.parse(key), gone)) this.#latest.delete(key);
    this.#collection.forEach((uri) => {
      if (isWithin(uri, gone)) this.#collection.delete(uri);
    });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Its problems are shown here only while it is not open. */
  async #lint(uri: Uri): Promise<void> {
    if (uri.scheme !== 'file' && uri.scheme !== 'vscode-remote') return;
    const key = uri.toString();
    const begun = Symbol(key);
    this.#latest.set(key, begun);
    const bytes = await readIfThere(uri);
    if (!bytes) return;
    const { lintText } = await import('./pluginChecks.ts');
    const { ignored, ...judgedBy } = await this.#knowledge.of(uri);
    if (ignored) {
      if (this.#latest.get(key) === begun) this.#collection.delete(uri);
      return;
    }
    const result = lintText({ fileName: uri.path, bytes, ...judgedBy });
    const open = workspace.textDocuments.some((document) => document.uri.toString() === key);
    if (!open && this.#latest.get(key) === begun) {
      const lines = new LineIndex(result.text);
      this.#collection.set(
        uri,
        result.diagnostics.map((diagnostic) => editorDiagnostic(lines, diagnostic)),
      );
    }
  }
}

async function readIfThere(uri: Uri): Promise<Uint8Array | undefined> {
  try {
    return await workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}
