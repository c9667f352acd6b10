import { MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import type { Operation, Resource } from '../../core/catalog/operation.ts';
import { spokenRow } from '../adapters/spokenRow.ts';
import { kindIcon, kindLabel } from '../servers/serverKind.ts';
import { COMMANDS } from '../contributions.ts';
import { OWN_SANDBOX_ID } from '../servers/sandboxProcess.ts';
import { countOf } from './composition.ts';
import { isAlone, liveKindOf, nodeId, type ExplorerNode, type ServerNode } from './explorerNode.ts';
import type { ExplorerTreeOptions } from './explorerTree.ts';
import { liveItem } from './liveItem.ts';
import { partItem } from './partItem.ts';

const { None, Collapsed } = TreeItemCollapsibleState;

/** What one row shows: label, description, icon, tooltip, checkbox, and what a screen reader says. */
export function explorerItem(node: ExplorerNode, options: ExplorerTreeOptions): TreeItem {
  const item = itemOf(node, options);
  item.id = nodeId(node);
  item.accessibilityInformation ??= { label: spokenRow(item) };
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
      const { id, title, description } = node.area;
      // Below a list of the server stand the calls that work on what is listed.
      const calls = liveKindOf(node.area) !== undefined;
      const item = new TreeItem(calls ? l10n.t('API calls') : title, Collapsed);
      if (calls) item.description = firstSentence(description);
      item.tooltip = description;
      item.iconPath = new ThemeIcon(calls ? 'symbol-namespace' : (AREA_ICONS[id] ?? 'symbol-namespace'));
      item.contextValue = 'area';
      return item;
    }
    case 'resource': {
      const { resource, server, area } = node;
      const count = countOf(options.composition.checked(server, { resource: resource.id }));
      const closed = closedReason(resource);
      const item = new TreeItem(resource.title, Collapsed);
      item.description = [count > 0 ? l10n.t('{0} checked', count) : '', closed ?? '']
        .filter((word) => word !== '')
        .join(' · ');
      item.description ||= firstSentence(resource.description);
      const icon = isAlone(area) ? AREA_ICONS[area.id] : undefined;
      item.iconPath = new ThemeIcon(closed === undefined ? (icon ?? 'symbol-class') : 'circle-slash');
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
    case 'group':
    case 'expansion':
    case 'extension':
    case 'field':
      return partItem(node, options);
    case 'tables':
    case 'table':
    case 'column':
    case 'powerQueries':
    case 'powerQuery':
    case 'argument':
    case 'queryColumn':
    case 'problem':
    case 'note':
      return liveItem(node, options);
  }
}

function serverItem({ server }: ServerNode, { registry, knowledge }: ExplorerTreeOptions): TreeItem {
  const active = registry.active?.id === server.id;
  const release = knowledge.reported(server)?.version;
  const item = new TreeItem(server.name, Collapsed);
  const words = [
    kindLabel(server.kind),
    ...(active ? [l10n.t('active')] : []),
    ...(release === undefined ? [] : [shortRelease(release)]),
  ];
  item.description = `${words.join(', ')} · ${new URL(server.origin).host}`;
  item.iconPath = kindIcon(server.kind);
  item.tooltip = new MarkdownString(`**${server.name.replace(/[\\`*_[\]<>]/g, '\\$&')}**\n\n${server.origin}`);
  item.accessibilityInformation = { label: l10n.t('Server {0}, {1}', server.name, words.join(', ')) };
  const values = ['server', ...(active ? ['active'] : []), ...(registry.isStored(server) ? ['stored'] : [])];
  if (server.id === OWN_SANDBOX_ID) values.push('ownSandbox');
  item.contextValue = values.join(' ');
  return item;
}

/** What stands beside a name: one sentence without its marks. */
function firstSentence(text: string): string {
  return text.replaceAll('`', '').replace(/\.(?: .*)?$/s, '');
}

/** `25.9.0.0` is called 25.9. */
function shortRelease(release: string): string {
  return release.replace(/(?:\.0)+$/, '');
}

/** Why nothing of a resource can be used; undefined when something can, or is not known to be refused. */
function closedReason({ operations }: Resource): string | undefined {
  const [first] = operations;
  const closed = operations.every(({ refusal, needsRelease }) => refusal !== undefined || needsRelease !== undefined);
  return first && closed ? refusedText(first) : undefined;
}

function refusedText({ needsRelease, refusal }: Operation): string {
  return needsRelease === undefined
    ? l10n.t('refused last time ({0})', refusal?.status ?? '')
    : l10n.t('needs release {0}', needsRelease);
}

function readable(operations: readonly Operation[]): boolean {
  return operations.some(({ writes }) => !writes);
}

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
