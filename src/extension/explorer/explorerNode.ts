import type { Area, OfferedExpansion, OfferedExtension, Operation, Resource } from '../../core/catalog/operation.ts';
import type { QueryField } from '../../core/catalog/catalogData.ts';
import type { Server } from '../../core/powerschool/server.ts';

/** The rows of the Servers view. Every row knows the way up, so that it can be revealed. */
export type ExplorerNode =
  | ServerNode
  | SignInNode
  | AreaNode
  | ResourceNode
  | OperationNode
  | GroupNode
  | ExpansionNode
  | ExtensionNode
  | FieldNode;

export interface ServerNode {
  readonly kind: 'server';
  readonly server: Server;
}

/** Stands where the secrets of a server are missing: no keyring, another machine, a changed address. */
export interface SignInNode {
  readonly kind: 'signIn';
  readonly server: Server;
}

export interface AreaNode {
  readonly kind: 'area';
  readonly server: Server;
  readonly area: Area;
}

export interface ResourceNode {
  readonly kind: 'resource';
  readonly server: Server;
  readonly area: Area;
  readonly resource: Resource;
}

interface BelowResource {
  readonly parent: ResourceNode;
}

export interface OperationNode extends BelowResource {
  readonly kind: 'operation';
  readonly operation: Operation;
}

export type GroupName = 'expansions' | 'extensions' | 'fields';

export interface GroupNode extends BelowResource {
  readonly kind: 'group';
  readonly group: GroupName;
}

export interface ExpansionNode extends BelowResource {
  readonly kind: 'expansion';
  readonly expansion: OfferedExpansion;
}

export interface ExtensionNode extends BelowResource {
  readonly kind: 'extension';
  readonly extension: OfferedExtension;
}

export interface FieldNode extends BelowResource {
  readonly kind: 'field';
  readonly field: QueryField;
}

/** Stable across refreshes and restarts: expansion of rows survives. */
export function nodeId(node: ExplorerNode): string {
  switch (node.kind) {
    case 'server':
      return node.server.id;
    case 'signIn':
      return `${node.server.id}/signIn`;
    case 'area':
      return `${node.server.id}/${node.area.id}`;
    case 'resource':
      return `${node.server.id}/${node.area.id}/${node.resource.id}`;
    case 'operation':
      return `${nodeId(node.parent)}/operation/${node.operation.id}`;
    case 'group':
      return `${nodeId(node.parent)}/${node.group}`;
    case 'expansion':
      return `${nodeId(node.parent)}/expansions/${node.expansion.name}`;
    case 'extension':
      return `${nodeId(node.parent)}/extensions/${node.extension.name}`;
    case 'field':
      return `${nodeId(node.parent)}/fields/${node.field.name}`;
  }
}

export function parentOf(node: ExplorerNode): ExplorerNode | undefined {
  switch (node.kind) {
    case 'server':
      return undefined;
    case 'signIn':
    case 'area':
      return { kind: 'server', server: node.server };
    case 'resource':
      return { kind: 'area', server: node.server, area: node.area };
    case 'operation':
    case 'group':
      return node.parent;
    case 'expansion':
      return { kind: 'group', parent: node.parent, group: 'expansions' };
    case 'extension':
      return { kind: 'group', parent: node.parent, group: 'extensions' };
    case 'field':
      return { kind: 'group', parent: node.parent, group: 'fields' };
  }
}
