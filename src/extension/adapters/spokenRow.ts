import type { TreeItem } from 'vscode';

/** What a screen reader says for a row: label and description. A tooltip would be read in their place. */
export function spokenRow({ label = '', description }: TreeItem): string {
  const name = typeof label === 'string' ? label : label.label;
  return typeof description === 'string' && description !== ''
    ? `${name}, ${description.replaceAll(' · ', ', ')}`
    : name;
}
