import type { Uri } from 'vscode';
import type { PagePermission } from '../../core/plugin/mapping/permissionMapping.ts';
import type { NamedQuery, QueryArgument } from '../../core/plugin/query/namedQuery.ts';
import type { FieldRequest } from '../../core/plugin/manifest/manifest.ts';
import type { PackageContents, Placed } from './packageContents.ts';
import type { PluginFolder } from './pluginFolders.ts';

/** A row of the Plugins view. */
export type PluginNode =
  PackageNode | GroupNode | TableNode | FieldNode | QueryNode | ArgumentNode | MappingNode | FileNode;

export interface PackageNode {
  readonly kind: 'package';
  readonly plugin: PluginFolder;
  readonly contents: PackageContents;
}

export interface GroupNode {
  readonly kind: 'group';
  readonly group: 'fields' | 'queries' | 'mappings' | 'pages' | 'others';
  readonly parent: PackageNode;
}

/** The fields of one table that the plugin asks for. */
export interface TableNode {
  readonly kind: 'table';
  readonly table: string;
  readonly fields: readonly Placed<FieldRequest>[];
  readonly parent: PackageNode;
}

export interface FieldNode {
  readonly kind: 'field';
  readonly field: Placed<FieldRequest>;
  readonly index: number;
  readonly parent: PackageNode;
}

export interface QueryNode {
  readonly kind: 'query';
  readonly query: Placed<NamedQuery>;
  readonly index: number;
  readonly parent: PackageNode;
}

export interface ArgumentNode {
  readonly kind: 'argument';
  readonly argument: QueryArgument;
  readonly index: number;
  readonly parent: QueryNode;
}

export interface MappingNode {
  readonly kind: 'mapping';
  readonly permission: Placed<PagePermission>;
  readonly index: number;
  readonly parent: PackageNode;
}

export interface FileNode {
  readonly kind: 'file';
  readonly path: string;
  readonly parent: PackageNode;
}

export function packageOf(node: PluginNode): PackageNode {
  if (node.kind === 'package') return node;
  return node.kind === 'argument' ? node.parent.parent : node.parent;
}

export function isPluginNode(value: unknown): value is PluginNode {
  return typeof value === 'object' && value !== null && 'kind' in value && ('parent' in value || 'contents' in value);
}

/** What the lenses and the palette pass to a command. */
export type PluginArgument = PluginNode | Uri | undefined;
