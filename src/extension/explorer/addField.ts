import { Range, Selection, WorkspaceEdit, l10n, window, workspace, type Uri } from 'vscode';
import { insertFields, type FieldGrant } from '../../core/plugin/making/fieldInsertion.ts';
import type { ColumnNode, TableNode } from './explorerNode.ts';
import type { Composition } from './composition.ts';

/** *Add as field to plugin.xml*: for one column, or for the checked columns of a table. The file is left unsaved. */
export async function addField(node: ColumnNode | TableNode, composition: Composition): Promise<void> {
  const grants = grantsOf(node, composition);
  if (grants.length === 0) {
    await window.showInformationMessage(l10n.t('Check the columns first that the plugin shall read.'));
    return;
  }
  await addGrants(grants);
}

/** Writes `<field>` lines into a plugin.xml of the workspace, which is left unsaved with the new lines selected. */
export async function addGrants(grants: readonly FieldGrant[]): Promise<void> {
  const uri = await pickManifest();
  if (!uri) return;
  const document = await workspace.openTextDocument(uri);
  const editor = await window.showTextDocument(document);
  const outcome = insertFields(document.getText(), grants);
  if (outcome.kind === 'unclear') {
    await window.showWarningMessage(
      l10n.t('plugin.xml has faults, so the place for the field cannot be told. Mend what is marked first.'),
    );
    return;
  }
  if (outcome.kind === 'present') {
    const at = document.positionAt(outcome.at);
    editor.selection = new Selection(at, at);
    editor.revealRange(new Range(at, at));
    window.setStatusBarMessage(l10n.t('plugin.xml asks for it already'), 4000);
    return;
  }
  const edit = new WorkspaceEdit();
  const range = new Range(document.positionAt(outcome.start), document.positionAt(outcome.end));
  edit.replace(uri, range, outcome.text);
  await workspace.applyEdit(edit);
  const end = document.positionAt(outcome.start + outcome.text.length);
  editor.selection = new Selection(range.start, end);
  editor.revealRange(editor.selection);
  window.setStatusBarMessage(
    outcome.added === 1
      ? l10n.t('1 field added to plugin.xml. It is granted once the plugin is installed again')
      : l10n.t('{0} fields added to plugin.xml. They are granted once the plugin is installed again', outcome.added),
    8000,
  );
}

function grantsOf(node: ColumnNode | TableNode, composition: Composition): FieldGrant[] {
  if (node.kind === 'column') return [{ table: node.parent.table.name, column: node.column.name }];
  const { columns } = composition.checked(node.parent.server, { table: node.table.name });
  return columns.map((column) => ({ table: node.table.name, column }));
}

async function pickManifest(): Promise<Uri | undefined> {
  const found = await workspace.findFiles('**/plugin.xml', '**/node_modules/**', 200);
  if (found.length === 0) {
    await window.showInformationMessage(l10n.t('This workspace has no plugin.xml. Open the folder of your plugin.'));
    return undefined;
  }
  if (found.length === 1) return found[0];
  // The one that is being edited is meant more often than any other.
  const active = window.activeTextEditor?.document.uri.toString();
  const items = found
    .map((uri) => ({ label: workspace.asRelativePath(uri), uri }))
    .sort((a, b) => Number(b.uri.toString() === active) - Number(a.uri.toString() === active));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Which plugin shall ask for it?') }))?.uri;
}
