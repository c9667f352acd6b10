import { EventEmitter, languages, workspace, type Disposable, type TreeItem } from 'vscode';
import { MANIFEST_NAME } from '../../core/plugin/making/packageEntries.ts';
import { isWithin, type FolderWatch } from '../adapters/folderWatch.ts';
import { groupBy, labelOf, pluginItem, problemsOf } from './pluginItem.ts';
import { readPackageContents } from './packageContents.ts';
import { findPluginFolders, folderOf, readPluginFolder, type PluginFolder } from './pluginFolders.ts';
import type { GroupNode, PackageNode, PluginNode, QueryNode } from './pluginNode.ts';

/** Changes in quick succession are shown once. */
const REST_BEFORE_REFRESH = 300;

/** The plugin packages of the workspace and what they hold. The files remain the truth. */
export class PluginTree implements Disposable {
  readonly #changed = new EventEmitter<PluginNode | undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #folders: readonly PluginFolder[] = [];
  /** Problems of the packages as they are shown. */
  #counts = '';

  constructor(newFolders: FolderWatch) {
    const refresh = (): void => this.refresh();
    const folders = '{queries_root,permissions_root,user_schema_root,MessageKeys,pagecataloging,WEB_ROOT,web_root}';
    const watchers = ['**/plugin.xml', `**/${folders}/**`].map((pattern) => workspace.createFileSystemWatcher(pattern));
    this.#subscriptions = [
      this.#changed,
      ...watchers,
      ...watchers.flatMap((watcher) => [
        watcher.onDidCreate(refresh),
        watcher.onDidChange(refresh),
        watcher.onDidDelete(refresh),
      ]),
      newFolders.onDidCome((uris) => {
        if (uris.some((uri) => uri.path.endsWith('/plugin.xml') || folderOf(uri, this.#folders))) this.refresh();
      }),
      newFolders.onDidGo((gone) => {
        if (this.#folders.some(({ folder }) => isWithin(folder, gone) || isWithin(gone, folder))) this.refresh();
      }),
      languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(({ path }) => /\.(xml|json|properties|html?|js)$/i.test(path)) && this.#countsChanged())
          this.refresh();
      }),
      workspace.onDidChangeWorkspaceFolders(refresh),
    ];
  }

  /** Most changes of diagnostics leave the counts as they are: rows that stay are not made anew. */
  #countsChanged(): boolean {
    const counts = countsOf(this.#folders);
    if (counts === this.#counts) return false;
    this.#counts = counts;
    return true;
  }

  /** Reads the files anew after a short rest. */
  refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed.fire(undefined), REST_BEFORE_REFRESH);
  }

  async children(node: PluginNode | undefined): Promise<PluginNode[]> {
    if (!node) {
      this.#folders = await findPluginFolders();
      const packages = await Promise.all(this.#folders.map(readPackage));
      this.#counts = countsOf(this.#folders);
      return packages.sort((a, b) => labelOf(a).localeCompare(labelOf(b)));
    }
    switch (node.kind) {
      case 'package':
        return [{ kind: 'file', path: MANIFEST_NAME, parent: node }, ...groupsOf(node)];
      case 'group':
        return rowsOf(node);
      case 'table':
        return node.fields.map((field, index) => ({ kind: 'field', field, index, parent: node.parent }));
      case 'query':
        return argumentsOf(node);
      case 'field':
      case 'argument':
      case 'mapping':
      case 'file':
        return [];
    }
  }

  item(node: PluginNode): TreeItem {
    return pluginItem(node);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

function countsOf(folders: readonly PluginFolder[]): string {
  return JSON.stringify(folders.map(({ folder }) => problemsOf(folder)));
}

async function readPackage(plugin: PluginFolder): Promise<PackageNode> {
  const files = await readPluginFolder(plugin, { unsaved: true, bytes: (path) => /\.xml$/i.test(path) });
  return { kind: 'package', plugin, contents: readPackageContents(files) };
}

function groupsOf(parent: PackageNode): GroupNode[] {
  const { fields, queries, permissions, pages, others } = parent.contents;
  const groups = [
    ['fields', fields],
    ['queries', queries],
    ['mappings', permissions],
    ['pages', pages],
    ['others', others],
  ] as const;
  return groups.filter(([, rows]) => rows.length > 0).map(([group]) => ({ kind: 'group', group, parent }));
}

function rowsOf({ group, parent }: GroupNode): PluginNode[] {
  const { fields, queries, permissions, pages, others } = parent.contents;
  switch (group) {
    case 'fields':
      return [...groupBy(fields, ({ value }) => value.table.trim().toUpperCase())].map(([table, ofTable]) => ({
        kind: 'table',
        table,
        fields: ofTable,
        parent,
      }));
    case 'queries':
      return queries.map((query, index) => ({ kind: 'query', query, index, parent }));
    case 'mappings':
      return permissions.map((permission, index) => ({ kind: 'mapping', permission, index, parent }));
    case 'pages':
      return pages.map((path) => ({ kind: 'file', path, parent }));
    case 'others':
      return others.map((path) => ({ kind: 'file', path, parent }));
  }
}

function argumentsOf(parent: QueryNode): PluginNode[] {
  return parent.query.value.args.map((argument, index) => ({ kind: 'argument', argument, index, parent }));
}
