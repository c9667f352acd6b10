import { ThemeIcon, TreeItem, type TreeItemCollapsibleState } from 'vscode';

/** @param icon the name of one of the editor's icons, or the icon; none for a row without one. */
export function treeRow(
  label: string,
  opens: TreeItemCollapsibleState,
  icon: string | ThemeIcon | undefined,
  shown: Partial<TreeItem>,
): TreeItem {
  const item = new TreeItem(label, opens);
  if (icon !== undefined) item.iconPath = typeof icon === 'string' ? new ThemeIcon(icon) : icon;
  return Object.assign(item, shown);
}

/** What stands beside a label, or between its conditions: the words that there are. */
export function joined(words: readonly (string | undefined)[]): string {
  return words.filter(Boolean).join(' · ');
}

/** What a screen reader says for a row: label and description. A tooltip would be read in their place. */
export function spokenRow({ label = '', description }: TreeItem): string {
  const name = typeof label === 'string' ? label : label.label;
  return typeof description === 'string' && description !== ''
    ? `${name}, ${description.replaceAll(' · ', ', ')}`
    : name;
}
