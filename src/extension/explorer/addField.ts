import { commands, l10n, window } from 'vscode';
import type { FieldGrant } from '../../core/plugin/making/fieldInsertion.ts';
import { COMMANDS } from '../contributions.ts';
import type { ColumnNode, TableNode } from './explorerNode.ts';
import type { Composition } from './composition.ts';

/** *Add as field to plugin.xml*: for one column, or for the checked columns of a table. The file is left unsaved. */
export async function addField(node: ColumnNode | TableNode, composition: Composition): Promise<void> {
  const grants = grantsOf(node, composition);
  if (grants.length === 0) {
    await window.showInformationMessage(l10n.t('Check the columns first that the plugin should read.'));
    return;
  }
  await commands.executeCommand(COMMANDS.addPluginField, { grants });
}

function grantsOf(node: ColumnNode | TableNode, composition: Composition): FieldGrant[] {
  if (node.kind === 'column') return [{ table: node.parent.table.name, column: node.column.name }];
  const { columns } = composition.checked(node.parent.server, { table: node.table.name });
  return columns.map((column) => ({ table: node.table.name, column }));
}
