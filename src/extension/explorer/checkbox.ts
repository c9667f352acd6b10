import { TreeItemCheckboxState, l10n, type TreeItem } from 'vscode';

/** A checkbox that says aloud what it is for. */
export function checkbox(
  checked: boolean,
  name: string,
  ask = l10n.t('Ask for {0}', name),
): NonNullable<TreeItem['checkboxState']> {
  return {
    state: checked ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked,
    tooltip: checked ? l10n.t('Asked for: {0}', name) : ask,
    accessibilityInformation: { label: name, role: 'checkbox' },
  };
}
