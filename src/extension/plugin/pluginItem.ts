import {
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  l10n,
  workspace,
  type Command,
  type Uri,
} from 'vscode';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { joined, spokenRow } from '../adapters/treeRow.ts';
import { editorRange } from '../problems/editorDiagnostics.ts';
import type { Placed } from './packageContents.ts';
import { uriOf } from './pluginFolders.ts';
import { problemsIn } from './problemCounts.ts';
import type { GroupNode, PackageNode, PluginNode } from './pluginNode.ts';

const { None, Collapsed } = TreeItemCollapsibleState;

/** How a row of the Plugins view looks and what a click on it opens. */
export function pluginItem(node: PluginNode): TreeItem {
  const item = itemOf(node);
  item.accessibilityInformation = { label: spokenRow(item) };
  return item;
}

function itemOf(node: PluginNode): TreeItem {
  switch (node.kind) {
    case 'package':
      return packageItem(node);
    case 'group':
      return groupItem(node);
    case 'table': {
      const item = row(node.table, Collapsed, 'symbol-struct', `${idOf(node.parent)}#table:${node.table}`);
      item.description = counted(node.fields.length, l10n.t('1 field'), l10n.t('{0} fields', node.fields.length));
      return item;
    }
    case 'field': {
      const { field, access } = node.field.value;
      const item = row(field, None, 'symbol-field', `${idOf(node.parent)}#field:${node.index}:${node.field.value.key}`);
      item.description = access;
      item.command = openAt(node.parent, node.field);
      return item;
    }
    case 'query': {
      const { name, args, columns, summary } = node.query.value;
      const state = args.length > 0 ? Collapsed : None;
      // The end of a name tells queries apart; the beginning is the same for all of a plugin.
      const parts = name.split('.');
      const label = parts.slice(-2).join('.');
      const item = row(
        label || l10n.t('(no name)'),
        state,
        'symbol-method',
        `${idOf(node.parent)}#query:${node.index}`,
      );
      item.description = joined([
        parts.slice(0, -2).join('.'),
        counted(columns.length, l10n.t('1 column'), l10n.t('{0} columns', columns.length)),
      ]);
      item.tooltip = [name, summary].filter(Boolean).join('\n');
      item.contextValue = 'query';
      item.command = openAt(node.parent, node.query);
      return item;
    }
    case 'argument': {
      const { name, required, column, description } = node.argument;
      const item = row(
        name,
        None,
        'symbol-parameter',
        `${idOf(node.parent.parent)}#${node.parent.index}:${node.index}`,
      );
      item.description = joined([required ? l10n.t('required') : l10n.t('optional'), column]);
      if (description !== '') item.tooltip = description;
      item.command = openAt(node.parent.parent, { ...node.parent.query, offset: node.argument.element.start });
      return item;
    }
    case 'mapping': {
      const { page, implies } = node.permission.value;
      const item = row(page, None, 'key', `${idOf(node.parent)}#mapping:${node.index}`);
      item.description = implies.map(({ query, table, path }) => query ?? table ?? path).join(', ');
      item.tooltip = [
        l10n.t('Who may open {0} may call:', page),
        ...implies.map(({ allow, path }) => `${allow} ${path}`.trim()),
      ].join('\n');
      item.command = openAt(node.parent, node.permission);
      return item;
    }
    case 'file': {
      const uri = uriOf(node.parent.plugin, node.path);
      const item = new TreeItem(uri, None);
      item.id = uri.toString();
      item.label = node.path.slice(node.path.indexOf('/') + 1);
      item.iconPath = ThemeIcon.File;
      item.command = { title: '', command: 'vscode.open', arguments: [uri] };
      return item;
    }
  }
}

function packageItem(node: PackageNode): TreeItem {
  const { plugin, contents } = node;
  const label = labelOf(node);
  const item = row(label, Collapsed, 'package', idOf(node));
  const { errors, warnings } = problemsOf(plugin.folder);
  item.description = joined([
    contents.version,
    errors > 0 ? counted(errors, l10n.t('1 error'), l10n.t('{0} errors', errors)) : '',
    warnings > 0 ? counted(warnings, l10n.t('1 warning'), l10n.t('{0} warnings', warnings)) : '',
  ]);
  item.tooltip = `${label}\n${workspace.asRelativePath(plugin.folder)}`;
  item.contextValue = 'package';
  // No command: a click opens the row itself, and plugin.xml is the first row in it.
  if (errors > 0) item.iconPath = new ThemeIcon('package', new ThemeColor('list.errorForeground'));
  return item;
}

export function labelOf({ plugin, contents }: PackageNode): string {
  return contents.name || workspace.asRelativePath(plugin.folder);
}

function groupItem({ group, parent }: GroupNode): TreeItem {
  const { fields, queries, permissions, pages, others } = parent.contents;
  const [label, icon, count] = {
    fields: [l10n.t('Fields'), 'list-unordered', fields.length] as const,
    queries: [l10n.t('PowerQueries'), 'database', queries.length] as const,
    mappings: [l10n.t('Permission Mappings'), 'key', permissions.length] as const,
    pages: [l10n.t('Pages'), 'browser', pages.length] as const,
    others: [l10n.t('Other Files'), 'files', others.length] as const,
  }[group];
  const item = row(label, Collapsed, icon, `${idOf(parent)}#${group}`);
  item.description = String(count);
  item.contextValue = group;
  return item;
}

function row(label: string, state: TreeItemCollapsibleState, icon: string, id: string): TreeItem {
  const item = new TreeItem(label, state);
  item.iconPath = new ThemeIcon(icon);
  item.id = id;
  return item;
}

function idOf({ plugin }: PackageNode): string {
  return plugin.folder.toString();
}

function openAt({ plugin }: PackageNode, { path, text, offset }: Placed<unknown>): Command {
  const selection = editorRange(new LineIndex(text), { start: offset, end: offset });
  return { title: '', command: 'vscode.open', arguments: [uriOf(plugin, path), { selection }] };
}

/** Our own findings in the files of a folder. */
export function problemsOf(folder: Uri): { errors: number; warnings: number } {
  return problemsIn((uri) => uri.toString().startsWith(`${folder.toString()}/`));
}

export function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

function counted(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
