import { EventEmitter, languages, workspace, type Disposable, type TreeItem } from 'vscode';
import { MANIFEST_NAME } from '../../core/plugin/making/packageEntries.ts';
import { groupBy, pluginItem } from './pluginItem.ts';
import { readPackageContents } from './packageContents.ts';
import { findPluginFolders, readPluginFolder, type PluginFolder } from './pluginFolders.ts';
import type { GroupNode, PackageNode, PluginNode, QueryNode } from './pluginNode.ts';

/** Changes in quick succession are shown once. */
const REST_BEFORE_REFRESH = 300;

/** The plugin packages of the workspace and what they hold. The files remain the truth. */
export class PluginTree implements Disposable {
  readonly #changed = new EventEmitter<PluginNode | undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor() {
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
      languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(({ path }) => /\.(xml|json|properties)$/i.test(path))) this.refresh();
      }),
      workspace.onDidChangeWorkspaceFolders(refresh),
    ];
  }

  /** Reads the files anew after a short rest. */
  refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed.fire(undefined), REST_BEFORE_REFRESH);
  }

  async children(node: PluginNode | undefined): Promise<PluginNode[]> {
    if (!node) return Promise.all((await findPluginFolders()).map(readPackage));
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
