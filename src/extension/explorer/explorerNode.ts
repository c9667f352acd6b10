import type {
  Area,
  OfferedExpansion,
  OfferedExtension,
  OfferedPowerQuery,
  Operation,
  Resource,
} from '../../core/catalog/operation.ts';
import type { PowerQueryArgument, QueryField } from '../../core/catalog/catalogData.ts';
import type { Column, Table } from '../../core/catalog/tables.ts';
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
  | FieldNode
  | TablesNode
  | TableNode
  | ColumnNode
  | PowerQueriesNode
  | PowerQueryNode
  | ArgumentNode
  | QueryColumnNode
  | ProblemNode
  | NoteNode;

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

/** The tables that the server lists; asked for when opened. The area holds the calls that work on tables. */
export interface TablesNode {
  readonly kind: 'tables';
  readonly server: Server;
  readonly area: Area;
}

export interface TableNode {
  readonly kind: 'table';
  readonly parent: TablesNode;
  readonly table: Table;
}

export interface ColumnNode {
  readonly kind: 'column';
  readonly parent: TableNode;
  /** As it is known by now: the row above may have been drawn before the server told the columns. */
  readonly table: Table;
  readonly column: Column;
}

/** The PowerQueries that the server has installed; asked for when opened. */
export interface PowerQueriesNode {
  readonly kind: 'powerQueries';
  readonly server: Server;
  readonly area: Area;
}

export interface PowerQueryNode {
  readonly kind: 'powerQuery';
  readonly parent: PowerQueriesNode;
  readonly query: OfferedPowerQuery;
}

export interface ArgumentNode {
  readonly kind: 'argument';
  readonly parent: PowerQueryNode;
  readonly argument: PowerQueryArgument;
}

/** A column of the answer of a PowerQuery: `table.column`, or the bare name where the query is flattened. */
export interface QueryColumnNode {
  readonly kind: 'queryColumn';
  readonly parent: PowerQueryNode;
  readonly name: string;
}

/** Rows on which conditions and a sort order can be set. */
export type ComparableNode = FieldNode | ColumnNode | QueryColumnNode;

/** Rows whose children the server tells. */
export type LiveNode = TablesNode | TableNode | PowerQueriesNode | GroupNode;

export function isLive(node: ExplorerNode): node is LiveNode {
  const { kind } = node;
  return kind === 'tables' || kind === 'table' || kind === 'powerQueries' || kind === 'group';
}

/** What the user can do about a problem, besides trying again. */
export type Mend = 'signIn' | 'grant' | 'trust' | 'none';

/** The server was asked and refused, or could not be reached. */
export interface ProblemNode {
  readonly kind: 'problem';
  readonly parent: LiveNode;
  readonly server: Server;
  readonly code: string | undefined;
  readonly message: string;
  readonly mend: string;
  readonly action: Mend;
}

/** A row that only says something, such as that there is nothing here. */
export interface NoteNode {
  readonly kind: 'note';
  readonly parent: LiveNode | PowerQueryNode;
  readonly text: string;
}

/** Stable across refreshes and restarts: expansion of rows survives. */
export function nodeId(node: ExplorerNode): string {
  if (node.kind === 'server') return node.server.id;
  return `${'parent' in node ? nodeId(node.parent) : node.server.id}/${ownId(node)}`;
}

/** What tells a row from the others below the same one. */
function ownId(node: Exclude<ExplorerNode, ServerNode>): string {
  switch (node.kind) {
    case 'area':
      return node.area.id;
    // Never the id of the area above: the editor goes round and round when a row seems to be its own parent.
    case 'tables':
    case 'powerQueries':
      return `${node.area.id}/!${node.kind}`;
    case 'resource':
      return `${node.area.id}/${node.resource.id}`;
    case 'operation':
      return `operation/${node.operation.id}`;
    case 'group':
      return node.group;
    case 'expansion':
      return `expansions/${node.expansion.name}`;
    case 'extension':
      return `extensions/${node.extension.name}`;
    case 'field':
      return `fields/${node.field.name}`;
    case 'table':
      return node.table.name.toLowerCase();
    case 'column':
      return node.column.name.toLowerCase();
    case 'powerQuery':
      return node.query.name;
    case 'argument':
      return node.argument.name;
    case 'queryColumn':
      return `columns/${node.name.toLowerCase()}`;
    case 'signIn':
    case 'problem':
    case 'note':
      return `!${node.kind}`;
  }
}

export function parentOf(node: ExplorerNode): ExplorerNode | undefined {
  const { kind } = node;
  if (kind === 'server') return undefined;
  if (kind === 'expansion' || kind === 'extension' || kind === 'field')
    return { kind: 'group', parent: node.parent, group: `${kind}s` };
  if ('parent' in node) return node.parent;
  const { server } = node;
  // An area of one resource has no row of its own.
  if (kind === 'resource' && !isAlone(node.area)) return { kind: 'area', server, area: node.area };
  return kind === 'area' || kind === 'resource' ? parentOfArea(node) : { kind: 'server', server };
}

/** Whether the resource of an area stands in its place. */
export function isAlone(area: Area): boolean {
  return area.resources.length === 1 && liveKindOf(area) === undefined;
}

/** Two areas are about what the server lists: their calls stand with the list. */
export function liveKindOf({ id }: Area): 'tables' | 'powerQueries' | undefined {
  if (id === 'tables') return 'tables';
  return id === 'powerqueries' ? 'powerQueries' : undefined;
}

function parentOfArea({ server, area }: { readonly server: Server; readonly area: Area }): ExplorerNode {
  const kind = liveKindOf(area);
  return kind === undefined ? { kind: 'server', server } : { kind, server, area };
}

/** The server that a row belongs to. */
export function serverOf(node: ExplorerNode): Server {
  if ('server' in node) return node.server;
  return serverOf(node.parent);
}

/** The row whose description counts what is picked: a resource, a table or a PowerQuery. */
export function ownerOf(node: ExplorerNode): ResourceNode | TableNode | PowerQueryNode | undefined {
  for (let row: ExplorerNode | undefined = node; row; row = 'parent' in row ? row.parent : undefined) {
    if (row.kind === 'resource' || row.kind === 'table' || row.kind === 'powerQuery') return row;
  }
  return undefined;
}
