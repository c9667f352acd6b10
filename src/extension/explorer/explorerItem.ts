import { MarkdownString, TreeItemCollapsibleState, l10n, type TreeItem } from 'vscode';
import type { Operation, Resource } from '../../core/catalog/operation.ts';
import { joined, spokenRow, treeRow } from '../adapters/treeRow.ts';
import { kindIcon, kindLabel } from '../servers/serverKind.ts';
import { COMMANDS } from '../contributions.ts';
import { OWN_SANDBOX_ID } from '../servers/sandboxProcess.ts';
import { countOf } from './composition.ts';
import { isAlone, liveKindOf, nodeId, type ExplorerNode, type ServerNode } from './explorerNode.ts';
import type { ExplorerTreeOptions } from './explorerTree.ts';
import { liveItem } from './liveItem.ts';
import { partItem } from './partItem.ts';
import { checkedWord, refusedWord } from './rowWords.ts';

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
    case 'signIn':
      return treeRow(l10n.t('Sign in again'), None, 'key', {
        description: l10n.t('the Client Secret is not on this computer'),
        tooltip: l10n.t('The secret store has no Client ID and Secret for this address. Enter them again to go on.'),
        contextValue: 'signIn',
        command: { title: '', command: COMMANDS.signInAgain, arguments: [node] },
      });
    case 'area': {
      const { id, title, description: tooltip } = node.area;
      // Below a list of the server stand the calls that work on what is listed.
      return liveKindOf(node.area) === undefined
        ? treeRow(title, Collapsed, AREA_ICONS[id] ?? 'symbol-namespace', { tooltip, contextValue: 'area' })
        : treeRow(l10n.t('API calls'), Collapsed, 'symbol-namespace', {
            description: firstSentence(tooltip),
            tooltip,
            contextValue: 'area',
          });
    }
    case 'resource': {
      const { resource, server, area } = node;
      const count = countOf(options.composition.checked(server, { resource: resource.id }));
      const closed = closedReason(resource);
      const icon = (isAlone(area) ? AREA_ICONS[area.id] : undefined) ?? 'symbol-class';
      return treeRow(resource.title, Collapsed, closed ? 'circle-slash' : icon, {
        description: joined([checkedWord(count), closed]) || firstSentence(resource.description),
        contextValue: `resource ${readable(resource.operations) ? 'get' : 'write'}${count > 0 ? ' checked' : ''}`,
      });
    }
    case 'operation': {
      const { operation } = node;
      const refused = refusedText(operation);
      const icon = refused ? 'circle-slash' : (OPERATION_ICONS[operation.kind] ?? 'symbol-method');
      return treeRow(operation.summary, None, icon, {
        description: joined([`${operation.method} ${operation.path}`, refused]),
        contextValue: `operation ${operation.writes ? 'write' : 'get'}`,
      });
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
  const words = [
    kindLabel(server.kind),
    ...(active ? [l10n.t('active')] : []),
    ...(release === undefined ? [] : [shortRelease(release)]),
  ].join(', ');
  const values = [
    'server',
    ...(active ? ['active'] : []),
    ...(registry.isStored(server) ? ['stored'] : []),
    ...(server.id === OWN_SANDBOX_ID ? ['ownSandbox'] : []),
  ];
  return treeRow(server.name, Collapsed, kindIcon(server.kind), {
    description: joined([words, new URL(server.origin).host]),
    tooltip: new MarkdownString(`**${server.name.replace(/[\\`*_[\]<>]/g, '\\$&')}**\n\n${server.origin}`),
    accessibilityInformation: { label: l10n.t('Server {0}, {1}', server.name, words) },
    contextValue: values.join(' '),
  });
}

/** What stands beside a name: one sentence without its marks. */
function firstSentence(text: string): string {
  return text.replaceAll('`', '').replace(/\.(?: .*)?$/s, '');
}

/** `25.9.0.0` is called 25.9. */
function shortRelease(release: string): string {
  return release.replace(/(?:\.0)+$/, '');
}

/** Why nothing of a resource can be used; empty when something can, or is not known to be refused. */
function closedReason({ operations }: Resource): string {
  const reasons = operations.map(refusedText);
  return reasons.includes('') ? '' : (reasons[0] ?? '');
}

function refusedText({ needsRelease, refusal }: Operation): string {
  return needsRelease === undefined ? refusedWord(refusal) : l10n.t('needs release {0}', needsRelease);
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
