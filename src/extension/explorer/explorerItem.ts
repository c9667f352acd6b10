import { MarkdownString, ThemeIcon, TreeItem, TreeItemCheckboxState, TreeItemCollapsibleState, l10n } from 'vscode';
import type { OfferedExtension, Operation } from '../../core/catalog/operation.ts';
import { kindIcon, kindLabel } from '../servers/serverKind.ts';
import { COMMANDS } from '../contributions.ts';
import { OWN_SANDBOX_ID } from '../servers/sandboxProcess.ts';
import { nodeId, type ExplorerNode, type GroupName, type OperationNode, type ServerNode } from './explorerNode.ts';
import type { ExplorerTreeOptions } from './explorerTree.ts';

const { None, Collapsed } = TreeItemCollapsibleState;

/** What one row shows: label, description, icon, tooltip, checkbox, and what a screen reader says. */
export function explorerItem(node: ExplorerNode, options: ExplorerTreeOptions): TreeItem {
  const item = itemOf(node, options);
  item.id = nodeId(node);
  return item;
}

function itemOf(node: ExplorerNode, options: ExplorerTreeOptions): TreeItem {
  switch (node.kind) {
    case 'server':
      return serverItem(node, options);
    case 'signIn': {
      const item = new TreeItem(l10n.t('Sign in again'), None);
      item.description = l10n.t('the Client Secret is not on this computer');
      item.tooltip = l10n.t(
        'The secret store has no Client ID and Secret for this address. Enter them again to go on.',
      );
      item.iconPath = new ThemeIcon('key');
      item.contextValue = 'signIn';
      item.command = { title: '', command: COMMANDS.signInAgain, arguments: [node] };
      return item;
    }
    case 'area': {
      const item = new TreeItem(node.area.title, Collapsed);
      item.tooltip = node.area.description;
      item.iconPath = new ThemeIcon(AREA_ICONS[node.area.id] ?? 'symbol-namespace');
      item.contextValue = 'area';
      return item;
    }
    case 'resource': {
      const { resource, server } = node;
      const { expansions, extensions } = options.composition.checked(server, resource);
      const count = expansions.length + extensions.length;
      const item = new TreeItem(resource.title, Collapsed);
      item.description = count > 0 ? l10n.t('{0} checked', count) : '';
      item.tooltip = resource.description;
      item.iconPath = new ThemeIcon('symbol-class');
      item.contextValue = `resource ${readable(resource.operations) ? 'get' : 'write'}`;
      return item;
    }
    case 'operation':
      return operationItem(node);
    case 'group': {
      const item = new TreeItem(groupLabel(node.group), Collapsed);
      item.tooltip = groupTooltip(node.group);
      item.iconPath = new ThemeIcon(GROUP_ICONS[node.group]);
      item.contextValue = node.group;
      return item;
    }
    case 'expansion': {
      const { expansion, parent } = node;
      const checked = options.composition.checked(parent.server, parent.resource).expansions.includes(expansion.name);
      const item = new TreeItem(expansion.name, None);
      item.description = expansion.newer ? l10n.t('newer servers') : '';
      item.tooltip = expansion.description;
      item.contextValue = 'expansion';
      item.checkboxState = checkbox(checked, expansion.name);
      return item;
    }
    case 'extension': {
      const { extension, parent } = node;
      const checked = options.composition.checked(parent.server, parent.resource).extensions.includes(extension.name);
      const item = new TreeItem(extension.name, None);
      item.description = extensionState(extension);
      item.tooltip = extension.description;
      item.contextValue = 'extension';
      item.checkboxState = checkbox(checked, extension.name);
      return item;
    }
    case 'field': {
      const item = new TreeItem(node.field.name, None);
      item.description = node.field.type;
      item.tooltip = node.field.description;
      item.iconPath = new ThemeIcon('symbol-field');
      item.contextValue = 'field';
      return item;
    }
  }
}

function serverItem({ server }: ServerNode, { registry }: ExplorerTreeOptions): TreeItem {
  const active = registry.active?.id === server.id;
  const item = new TreeItem(server.name, Collapsed);
  const words = [kindLabel(server.kind), ...(active ? [l10n.t('active')] : [])];
  item.description = `${words.join(', ')} · ${new URL(server.origin).host}`;
  item.iconPath = kindIcon(server.kind);
  item.tooltip = new MarkdownString(`**${server.name}**\n\n${server.origin}\n\n${words.join(', ')}`);
  item.accessibilityInformation = { label: l10n.t('Server {0}, {1}', server.name, words.join(', ')) };
  const values = ['server', ...(active ? ['active'] : []), ...(registry.isStored(server) ? ['stored'] : [])];
  if (server.id === OWN_SANDBOX_ID) values.push('ownSandbox');
  item.contextValue = values.join(' ');
  return item;
}

function operationItem({ operation }: OperationNode): TreeItem {
  const item = new TreeItem(operation.summary, None);
  item.description = `${operation.method} ${operation.path}`;
  item.tooltip = operationTooltip(operation);
  item.iconPath = new ThemeIcon(OPERATION_ICONS[operation.kind] ?? 'symbol-method');
  item.contextValue = `operation ${operation.writes || operation.method !== 'GET' ? 'write' : 'get'}`;
  return item;
}

function operationTooltip(operation: Operation): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown(`**${operation.summary}**\n\n`);
  text.appendCodeblock(`${operation.method} ${operation.path}`, 'http');
  if (operation.description) text.appendMarkdown(`\n${operation.description}\n`);
  for (const note of operation.notes) text.appendMarkdown(`\n- ${note}`);
  for (const note of operation.unverified) text.appendMarkdown(`\n- ${l10n.t('Unverified')}: ${note}`);
  return text;
}

function readable(operations: readonly Operation[]): boolean {
  return operations.some(({ method, writes }) => method === 'GET' && !writes);
}

function checkbox(checked: boolean, name: string): NonNullable<TreeItem['checkboxState']> {
  return {
    state: checked ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked,
    tooltip: checked ? l10n.t('Asked for: {0}', name) : l10n.t('Ask for {0}', name),
    accessibilityInformation: { label: name, role: 'checkbox' },
  };
}

function extensionState({ availability }: OfferedExtension): string {
  switch (availability) {
    case 'known':
      return l10n.t('seen on some servers');
    case 'reported':
      return '';
    case 'notReported':
      return l10n.t('not on this server');
  }
}

function groupLabel(group: GroupName): string {
  switch (group) {
    case 'expansions':
      return l10n.t('Expansions');
    case 'extensions':
      return l10n.t('Extensions');
    case 'fields':
      return l10n.t('Query fields');
  }
}

function groupTooltip(group: GroupName): string {
  switch (group) {
    case 'expansions':
      return l10n.t('More parts of a record. Check those that the request shall ask for.');
    case 'extensions':
      return l10n.t(
        'Custom and state tables with one row for each record. What a server has, it tells in @extensions.',
      );
    case 'fields':
      return l10n.t('Names that the filter q= accepts.');
  }
}

const GROUP_ICONS: Readonly<Record<GroupName, string>> = {
  expansions: 'expand-all',
  extensions: 'extensions',
  fields: 'filter',
};

const OPERATION_ICONS: Readonly<Partial<Record<Operation['kind'], string>>> = {
  list: 'list-unordered',
  one: 'symbol-object',
  count: 'symbol-number',
  query: 'search',
  create: 'add',
  update: 'edit',
  delete: 'trash',
};

const AREA_ICONS: Readonly<Record<string, string>> = {
  students: 'mortar-board',
  contacts: 'organization',
  scheduling: 'calendar',
  staff: 'person',
  schools: 'home',
  attendance: 'checklist',
  gradebook: 'notebook',
  fees: 'credit-card',
  tables: 'table',
  powerqueries: 'database',
  changes: 'bell',
  system: 'server',
};
