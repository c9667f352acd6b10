import { MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import type { Availability, Operation } from '../../core/catalog/operation.ts';
import { printTerm } from '../../core/catalog/fiql.ts';
import { kindIcon, kindLabel } from '../servers/serverKind.ts';
import { COMMANDS } from '../contributions.ts';
import { OWN_SANDBOX_ID } from '../servers/sandboxProcess.ts';
import { checkbox } from './checkbox.ts';
import { countOf } from './composition.ts';
import { nodeId, type ExplorerNode, type FieldNode, type GroupName, type ServerNode } from './explorerNode.ts';
import type { ExplorerTreeOptions } from './explorerTree.ts';
import { liveItem } from './liveItem.ts';

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
      const count = countOf(options.composition.checked(server, { resource: resource.id }));
      const item = new TreeItem(resource.title, Collapsed);
      item.description = count > 0 ? l10n.t('{0} checked', count) : '';
      item.iconPath = new ThemeIcon('symbol-class');
      item.contextValue = `resource ${readable(resource.operations) ? 'get' : 'write'}${count > 0 ? ' checked' : ''}`;
      return item;
    }
    case 'operation': {
      const { operation } = node;
      const item = new TreeItem(operation.summary, None);
      const refused = operation.refusal !== undefined || operation.needsRelease !== undefined;
      item.description = `${operation.method} ${operation.path}${refused ? ` · ${refusedText(operation)}` : ''}`;
      item.iconPath = new ThemeIcon(refused ? 'circle-slash' : (OPERATION_ICONS[operation.kind] ?? 'symbol-method'));
      item.contextValue = `operation ${operation.writes ? 'write' : 'get'}`;
      return item;
    }
    case 'group': {
      const item = new TreeItem(groupLabel(node.group), Collapsed);
      item.tooltip = groupTooltip(node.group);
      item.iconPath = new ThemeIcon(GROUP_ICONS[node.group]);
      item.contextValue = node.group === 'fields' ? 'group' : 'group live';
      return item;
    }
    case 'expansion': {
      const { expansion, parent } = node;
      const { expansions } = options.composition.checked(parent.server, { resource: parent.resource.id });
      const item = new TreeItem(expansion.name, None);
      item.description =
        expansion.availability === 'notReported'
          ? l10n.t('not on this server')
          : expansion.newer && expansion.availability === 'known'
            ? l10n.t('newer servers')
            : '';
      item.contextValue = 'expansion';
      item.checkboxState = checkbox(expansions.includes(expansion.name), expansion.name);
      return item;
    }
    case 'extension': {
      const { extension, parent } = node;
      const { extensions } = options.composition.checked(parent.server, { resource: parent.resource.id });
      const item = new TreeItem(extension.name, None);
      item.description = extensionState(extension.availability);
      item.contextValue = 'extension';
      item.checkboxState = checkbox(extensions.includes(extension.name), extension.name);
      return item;
    }
    case 'field':
      return fieldItem(node, options);
    case 'tables':
    case 'table':
    case 'column':
    case 'powerQueries':
    case 'powerQuery':
    case 'argument':
    case 'problem':
    case 'note':
      return liveItem(node, options);
  }
}

function serverItem({ server }: ServerNode, { registry }: ExplorerTreeOptions): TreeItem {
  const active = registry.active?.id === server.id;
  const item = new TreeItem(server.name, Collapsed);
  const words = [kindLabel(server.kind), ...(active ? [l10n.t('active')] : [])];
  item.description = `${words.join(', ')} · ${new URL(server.origin).host}`;
  item.iconPath = kindIcon(server.kind);
  item.tooltip = new MarkdownString(`**${server.name.replace(/[\\`*_[\]<>]/g, '\\$&')}**\n\n${server.origin}`);
  item.accessibilityInformation = { label: l10n.t('Server {0}, {1}', server.name, words.join(', ')) };
  const values = ['server', ...(active ? ['active'] : []), ...(registry.isStored(server) ? ['stored'] : [])];
  if (server.id === OWN_SANDBOX_ID) values.push('ownSandbox');
  item.contextValue = values.join(' ');
  return item;
}

/** A query field is checked when the filter has a condition on it. */
function fieldItem({ field, parent }: FieldNode, { composition }: ExplorerTreeOptions): TreeItem {
  const terms = composition
    .checked(parent.server, { resource: parent.resource.id })
    .terms.filter((term) => term.field === field.name);
  const item = new TreeItem(field.name, None);
  item.description = terms.length > 0 ? terms.map(printTerm).join('; ') : field.type === 'enum' ? '' : field.type;
  item.contextValue = terms.length > 0 ? 'field terms' : 'field';
  item.checkboxState = checkbox(terms.length > 0, field.name, l10n.t('Filter by {0}', field.name));
  return item;
}

function refusedText({ needsRelease, refusal }: Operation): string {
  return needsRelease === undefined
    ? l10n.t('refused last time ({0})', refusal?.status ?? '')
    : l10n.t('needs release {0}', needsRelease);
}

function readable(operations: readonly Operation[]): boolean {
  return operations.some(({ writes }) => !writes);
}

function extensionState(availability: Availability): string {
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
      return l10n.t('Names that the filter q= accepts. Check one to give it a condition.');
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
