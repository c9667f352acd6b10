import { ThemeIcon, TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import { printTerm } from '../../core/catalog/fiql.ts';
import { queryFieldsOf, type Availability, type Resource } from '../../core/catalog/operation.ts';
import { checkbox } from './checkbox.ts';
import type { CheckedParts } from './composition.ts';
import type { ExpansionNode, ExtensionNode, FieldNode, GroupName, GroupNode } from './explorerNode.ts';
import type { ExplorerTreeOptions } from './explorerTree.ts';

const { None, Collapsed } = TreeItemCollapsibleState;

/** Rows below a resource that a request can ask for: groups of expansions, extensions and query fields. */
export function partItem(
  node: GroupNode | ExpansionNode | ExtensionNode | FieldNode,
  { composition, knowledge }: ExplorerTreeOptions,
): TreeItem {
  const { server, resource } = node.parent;
  const checked = composition.checked(server, { resource: resource.id });
  switch (node.kind) {
    case 'group': {
      const item = new TreeItem(groupLabel(node.group), Collapsed);
      const picked = pickedIn(node.group, checked);
      const { length } = (node.group !== 'fields' && knowledge.reported(server)?.[node.group][resource.id]) || [];
      item.description = picked > 0 ? l10n.t('{0} checked', picked) : String(length || knownIn(node.group, resource));
      item.tooltip = groupTooltip(node.group);
      item.iconPath = new ThemeIcon(GROUP_ICONS[node.group]);
      item.contextValue = node.group === 'fields' ? 'group' : 'group live';
      return item;
    }
    case 'expansion': {
      const { name, description, availability, newer } = node.expansion;
      const item = new TreeItem(name, None);
      const state = stateOf(availability) || (newer && availability === 'known' ? l10n.t('newer servers') : '');
      item.description = joined([state, description]);
      item.contextValue = 'expansion';
      item.checkboxState = checkbox(checked.expansions.includes(name), name);
      return item;
    }
    case 'extension': {
      const { name, description, availability } = node.extension;
      const item = new TreeItem(name, None);
      const state = availability === 'known' ? l10n.t('seen on some servers') : stateOf(availability);
      item.description = joined([state, description]);
      item.contextValue = 'extension';
      item.checkboxState = checkbox(checked.extensions.includes(name), name);
      return item;
    }
    case 'field': {
      const { name, type, description } = node.field;
      const terms = checked.terms.filter(({ field }) => field === name);
      const item = new TreeItem(name, None);
      const plain = [type === 'enum' ? '' : type, description.replaceAll('`', '').replace(/\.$/, '')];
      item.description = terms.length > 0 ? terms.map(printTerm).join('; ') : joined(plain);
      item.contextValue = terms.length > 0 ? 'field terms' : 'field';
      // Checked when the filter has a condition on it.
      item.checkboxState = checkbox(terms.length > 0, name, l10n.t('Filter by {0}', name));
      return item;
    }
  }
}

function joined(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' · ');
}

function stateOf(availability: Availability): string {
  return availability === 'notReported' ? l10n.t('not on this server') : '';
}

function pickedIn(group: GroupName, { expansions, extensions, terms }: CheckedParts): number {
  return { expansions, extensions, fields: terms }[group].length;
}

/** How many there are before the server was asked; extensions are the server's own, so nothing is said of them. */
function knownIn(group: GroupName, resource: Resource): number | '' {
  if (group === 'fields') return queryFieldsOf(resource).length;
  return group === 'expansions' ? resource.expansions.length : '';
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
