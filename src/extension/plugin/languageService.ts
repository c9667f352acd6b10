import { workspace, type Disposable, type TextDocument, type Uri } from 'vscode';
import {
  createPluginLanguage,
  type PluginLanguage,
  type PluginText,
} from '../../core/plugin/language/pluginLanguage.ts';
import { pageAddress } from '../../core/plugin/package/packageLayout.ts';
import { decodeXml } from '../../core/plugin/reader/encoding.ts';
import { readPackageContents, type PackageContents } from './packageContents.ts';
import type { FolderWatch } from '../adapters/folderWatch.ts';
import type { LintKnowledge } from './lintOptions.ts';
import { findPluginFolders, folderOf, readPluginFolder, uriOf, type PluginFolder } from './pluginFolders.ts';

/** A package as the language services need it. */
interface KnownPackage {
  readonly plugin: PluginFolder;
  readonly contents: PackageContents;
}

/** The language services of one document, with what its package knows. Packages are read when first asked for. */
export class PluginLanguageService implements Disposable {
  readonly #knowledge: LintKnowledge;
  readonly #packages = new Map<string, Promise<KnownPackage | undefined>>();
  readonly #subscriptions: Disposable[];

  constructor(knowledge: LintKnowledge, folders: FolderWatch) {
    this.#knowledge = knowledge;
    const watcher = workspace.createFileSystemWatcher('**/*.{xml,html,json}');
    const forget = (): void => this.#packages.clear();
    this.#subscriptions = [
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      folders.onDidCome(forget),
      folders.onDidGo(forget),
    ];
  }

  async of(document: TextDocument): Promise<{ readonly language: PluginLanguage; readonly file: PluginText }> {
    const [tables, known] = await Promise.all([this.#knowledge.tables(), this.packageOf(document)]);
    const language = createPluginLanguage({
      tables,
      queries: known?.contents.queries.map(({ value }) => value.name) ?? [],
      pages: known?.contents.pages.map(pageAddress) ?? [],
    });
    return { language, file: textOf(document) };
  }

  /** The package of a document, as it was last saved. */
  packageOf({ uri }: TextDocument): Promise<KnownPackage | undefined> {
    const key = uri.toString();
    let known = this.#packages.get(key);
    if (!known) {
      known = readPackage(uri);
      this.#packages.set(key, known);
    }
    return known;
  }

  /** Every text of the package, unsaved ones as they are in the editor; names are paths of their Uris. */
  async textsOf(document: TextDocument): Promise<Map<string, { readonly uri: Uri; readonly text: string }>> {
    const texts = new Map([[document.uri.path, { uri: document.uri, text: document.getText() }]]);
    const known = await this.packageOf(document);
    if (!known) return texts;
    for (const { path, bytes } of await readPluginFolder(known.plugin, { unsaved: true, bytes: isText })) {
      const uri = uriOf(known.plugin, path);
      if (isText(path) && !texts.has(uri.path)) texts.set(uri.path, { uri, text: decodeXml(bytes).text });
    }
    return texts;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

function isText(path: string): boolean {
  return /\.(xml|json|html?|txt|js|properties)$/i.test(path);
}

function textOf(document: TextDocument): PluginText {
  return { fileName: document.uri.path, text: document.getText() };
}

async function readPackage(uri: Uri): Promise<KnownPackage | undefined> {
  const plugin = folderOf(uri, await findPluginFolders());
  if (!plugin) return undefined;
  const files = await readPluginFolder(plugin, { unsaved: true, bytes: (path) => /\.xml$/i.test(path) });
  return { plugin, contents: readPackageContents(files) };
}
