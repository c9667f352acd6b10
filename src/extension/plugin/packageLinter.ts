import {
  languages,
  workspace,
  type CodeAction,
  type CodeActionProvider,
  type Diagnostic as EditorDiagnostic,
  type Disposable,
  type Range,
  type TextDocument,
  type Uri,
} from 'vscode';
import type { PackageNames } from '../../core/plugin/package/workspaceNames.ts';
import type { Diagnostic } from '../../core/problem/diagnostic.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { isWithin, type FolderWatch } from '../adapters/folderWatch.ts';
import { SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import { editorDiagnostic } from '../problems/editorDiagnostics.ts';
import type { LintKnowledge } from './lintOptions.ts';
import { PACKAGE_PATTERN, isPluginFile } from './pluginFiles.ts';
import { findPluginFolders, folderOf, readPluginFolder, uriOf, type PluginFolder } from './pluginFolders.ts';

/** A package is checked when nothing has changed in it for this many milliseconds: well after the file itself. */
const REST_BEFORE_CHECK = 700;

/** What is wrong with one file in its package. */
export interface FileFindings {
  readonly plugin: PluginFolder;
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
  readonly #namesCollection = languages.createDiagnosticCollection('powerschool-plugin-names');
  /** Names of every package, by its folder. */
  readonly #names = new Map<string, { readonly plugin: PluginFolder; readonly names: PackageNames }>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: Disposable[];
  /** What was begun last, by package; the search for packages and their names too: what an earlier one read is older. */
  readonly #latest = new Map<string, symbol>();
  #folders: readonly PluginFolder[] = [];

  constructor(knowledge: LintKnowledge, newFolders: FolderWatch) {
    this.#knowledge = knowledge;
    const watchers = ['**/plugin.xml', PACKAGE_PATTERN].map((pattern) => workspace.createFileSystemWatcher(pattern));
    const requests = workspace.createFileSystemWatcher('**/*.ps.http');
    const requestChanged = (uri: Uri): void => void this.#checkPluginOfRequest(uri);
    const changed = (uri: Uri): void => this.#checkAfterRest(folderOf(uri, this.#folders));
    const listChanged = (uri: Uri): void => {
      if (uri.path.endsWith('/plugin.xml')) void this.checkAll();
      else changed(uri);
    };
    const isKnown = (uri: Uri): boolean => this.#folders.some(({ manifest }) => String(manifest) === String(uri));
    const fileChanged = (uri: Uri): void => (isKnown(uri) ? changed : listChanged)(uri);
    this.#subscriptions = [
      this.#collection,
      this.#namesCollection,
      ...watchers,
      ...watchers.flatMap((watcher) => [watcher.onDidChange(fileChanged), watcher.onDidCreate(listChanged)]),
      newFolders.onDidCome((uris) => {
        if (uris.some(({ path }) => path.endsWith('/plugin.xml'))) void this.checkAll();
        for (const uri of uris) (uri.path.endsWith('.ps.http') ? requestChanged : changed)(uri);
      }),
      newFolders.onDidGo((gone) => {
        if (this.#folders.some(({ manifest }) => isWithin(manifest, gone))) void this.checkAll();
        else changed(gone);
      }),
      requests,
      requests.onDidChange(requestChanged),
      requests.onDidCreate(requestChanged),
      requests.onDidDelete(requestChanged),
      workspace.onDidChangeTextDocument(({ document }) => {
        const { uri } = document;
        const isRequest = uri.path.endsWith('.ps.http');
        if (!isRequest && !isPluginFile(uri)) return;
        if (!workspace.getConfiguration(SETTINGS_SECTION, uri).get<boolean>(SETTINGS.lintOnType, true)) return;
        if (isRequest) requestChanged(uri);
        else changed(uri);
      }),
      workspace.onDidChangeWorkspaceFolders(() => void this.checkAll()),
    ];
    void this.checkAll();
  }

  async checkAll(): Promise<void> {
    const begun = this.#begin('list');
    const found = await findPluginFolders();
    if (this.#latest.get('list') === begun) this.#folders = found;
    const known = new Set(this.#folders.map(({ folder }) => folder.toString()));
    for (const folder of new Set([...this.#shownIn.keys(), ...this.#names.keys()]))
      if (!known.has(folder)) this.#forget(folder);
    for (const plugin of this.#folders) await this.#check(plugin);
  }

  #begin(key: string): symbol {
    const begun = Symbol(key);
    this.#latest.set(key, begun);
    return begun;
  }

  #forget(folder: string): void {
    this.#latest.delete(folder);
    this.#show(folder, new Map());
    this.#names.delete(folder);
  }

  async provideCodeActions(document: TextDocument, range: Range): Promise<CodeAction[]> {
    const found = this.#found.get(document.uri.toString());
    // Fixes of another text would go to wrong places.
    if (!found || found.text !== document.getText()) return [];
    return (await import('./pluginChecks.ts')).packageFixes(found, document, range);
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #checkPluginOfRequest(uri: Uri): Promise<void> {
    if (this.#folders.length === 0) return;
    const { pluginOfRequest } = await import('./pluginChecks.ts');
    this.#checkAfterRest(pluginOfRequest(uri, this.#folders));
  }

  #checkAfterRest(plugin: PluginFolder | undefined): void {
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
    const begun = this.#begin(key);
    try {
      const { findAcrossFiles, requestsOf, roleOf } = await import('./pluginChecks.ts');
      const files = await readPluginFolder(plugin, { unsaved: true, bytes: (path) => roleOf(path) !== 'asset' });
      const found = new Map<Uri, FileFindings>();
      const options = await this.#knowledge.of(plugin.manifest);
      const requests = await requestsOf(plugin, this.#folders, options.tables);
      const result = await findAcrossFiles(plugin, files, requests, options);
      for (const { uri, text, diagnostics } of result.found) {
        if ((await this.#knowledge.of(uri)).ignored) continue;
        const lines = new LineIndex(text);
        found.set(uri, {
          plugin,
          text,
          diagnostics,
          shown: diagnostics.map((diagnostic) => editorDiagnostic(lines, diagnostic)),
        });
      }
      if (this.#latest.get(key) !== begun) return;
      this.#names.set(key, { plugin, names: result.names });
      this.#show(key, found);
      await this.#showRepeatedNames();
    } catch {
      // The folder went away while it was read: its files take their findings with them.
      if (this.#latest.get(key) === begun) this.#forget(key);
    }
  }

  /** Names that packages share; those of the first one are left alone. */
  async #showRepeatedNames(): Promise<void> {
    const begun = this.#begin('names');
    const known = new Map([...this.#names.values()].map(({ plugin, names }) => [names.folder, plugin]));
    const { repeatedNames, withSettings } = await import('./pluginChecks.ts');
    const sorted = [...this.#names.values()].map(({ names }) => names).sort((a, b) => (a.folder < b.folder ? -1 : 1));
    const shown = new Map<string, { readonly uri: Uri; readonly diagnostics: EditorDiagnostic[] }>();
    for (const { folder, path, text, diagnostic } of repeatedNames(sorted)) {
      const plugin = known.get(folder);
      if (!plugin) continue;
      const uri = uriOf(plugin, path);
      const { rules, ignored } = await this.#knowledge.of(uri);
      const own = shown.get(uri.toString()) ?? { uri, diagnostics: [] };
      shown.set(uri.toString(), own);
      if (ignored) continue;
      for (const judged of withSettings([diagnostic], rules))
        own.diagnostics.push(editorDiagnostic(new LineIndex(text), judged));
    }
    if (this.#latest.get('names') !== begun) return;
    this.#namesCollection.clear();
    for (const { uri, diagnostics } of shown.values()) this.#namesCollection.set(uri, diagnostics);
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
