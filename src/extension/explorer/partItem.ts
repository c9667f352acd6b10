import { TreeItemCollapsibleState, l10n, type TreeItem } from 'vscode';
import { printTerm } from '../../core/catalog/fiql.ts';
import { queryFieldsOf, type Resource } from '../../core/catalog/operation.ts';
import { joined, treeRow } from '../adapters/treeRow.ts';
import { checkbox } from './checkbox.ts';
import type { CheckedParts } from './composition.ts';
import type { ExpansionNode, ExtensionNode, FieldNode, GroupName, GroupNode } from './explorerNode.ts';
import type { ExplorerTreeOptions } from './explorerTree.ts';
import { absentWord, checkedWord } from './rowWords.ts';

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
      const { group } = node;
      const [label, tooltip, icon] = groupWords(group);
      const { length } = (group !== 'fields' && knowledge.reported(server)?.[group][resource.id]) || [];
      return treeRow(label, Collapsed, icon, {
        description: checkedWord(pickedIn(group, checked)) || String(length || knownIn(group, resource)),
        tooltip,
        contextValue: group === 'fields' ? 'group' : 'group live',
      });
    }
    case 'expansion': {
      const { name, description, availability, newer } = node.expansion;
      const state = absentWord(availability) || (newer && availability === 'known' ? l10n.t('newer servers') : '');
      return treeRow(name, None, undefined, {
        description: joined([state, description]),
        contextValue: 'expansion',
        checkboxState: checkbox(checked.expansions.includes(name), name),
      });
    }
    case 'extension': {
      const { name, description, availability } = node.extension;
      const state = availability === 'known' ? l10n.t('seen on some servers') : absentWord(availability);
      return treeRow(name, None, undefined, {
        description: joined([state, description]),
        contextValue: 'extension',
        checkboxState: checkbox(checked.extensions.includes(name), name),
      });
    }
    case 'field': {
      const { name, type, description } = node.field;
      const terms = checked.terms.filter(({ field }) => field === name);
      const plain = [type === 'enum' ? '' : type, description.replaceAll('`', '').replace(/\.$/, '')];
      return treeRow(name, None, undefined, {
        description: terms.map(printTerm).join('; ') || joined(plain),
        contextValue: terms.length > 0 ? 'field terms' : 'field',
        // Checked when the filter has a condition on it.
        checkboxState: checkbox(terms.length > 0, name, l10n.t('Filter by {0}', name)),
      });
    }
  }
}

function pickedIn(group: GroupName, { expansions, extensions, terms }: CheckedParts): number {
  return { expansions, extensions, fields: terms }[group].length;
}

/** How many there are before the server was asked; extensions are the server's own, so nothing is said of them. */
function knownIn(group: GroupName, resource: Resource): number | '' {
  if (group === 'fields') return queryFieldsOf(resource).length;
  return group === 'expansions' ? resource.expansions.length : '';
}

/** Label, tooltip and icon. */
function groupWords(group: GroupName): readonly [string, string, string] {
  switch (group) {
    case 'expansions':
      return [
        l10n.t('Expansions'),
        l10n.t('More parts of a record. Check those that the request shall ask for.'),
        'expand-all',
      ];
    case 'extensions':
      return [
        l10n.t('Extensions'),
        l10n.t('Custom and state tables with one row for each record. What a server has, it tells in @extensions.'),
        'extensions',
      ];
    case 'fields':
      return [
        l10n.t('Query fields'),
        l10n.t('Names that the filter q= accepts. Check one to give it a condition.'),
        'filter',
      ];
  }
}
