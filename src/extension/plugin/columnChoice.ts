import { QuickPickItemKind, l10n, type QuickPickItem } from 'vscode';
import type { Column, Table, TableCatalog } from '../../core/catalog/tables.ts';
import type { FieldGrant } from '../../core/plugin/making/fieldInsertion.ts';

export interface TableItem extends QuickPickItem {
  readonly table: Table;
}

export interface ColumnItem extends QuickPickItem {
  /** Absent on the headings between tables. */
  readonly grant?: FieldGrant;
}

/** Every table with what it holds. */
export function tableItems(tables: TableCatalog): TableItem[] {
  return tables.tables
    .map((table) => ({ label: table.name.toUpperCase(), detail: table.description, table }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

/**
 * Tables for what is searched for: those with such a column are shown too, with its name. Who looks for a phone number
 * need not know that it is in STUDENTS.
 */
export function tablesHolding(items: readonly TableItem[], search: string): TableItem[] {
  const words = search
    .toLowerCase()
    .trim()
    .split(/[\s_]+/);
  if (words.join('').length < 3) return [...items];
  const whole: TableItem[] = [];
  const others: TableItem[] = [];
  for (const item of items) {
    const found = item.table.columns.filter(({ name, description, secret }) => {
      const text = `${name} ${description}`.toLowerCase();
      return !secret && words.every((word) => text.includes(word));
    });
    const names = found.slice(0, 3).map(({ name }) => name.toUpperCase());
    if (found.length > names.length) names.push('…');
    const detail = `${names.join(', ')} · ${item.table.description}`;
    const isWhole = found.some(({ name }) => name.toLowerCase() === words.join('_'));
    (isWhole ? whole : others).push(found.length === 0 ? item : { ...item, detail, alwaysShow: true });
  }
  return [...whole, ...others];
}

/** The columns of these tables under a heading for each; passwords and the like are not offered. */
export function columnItems(chosen: readonly Table[]): ColumnItem[] {
  return chosen.flatMap((table) => [
    { label: table.name.toUpperCase(), kind: QuickPickItemKind.Separator },
    ...table.columns
      .filter(({ secret }) => !secret)
      .map((column) => columnItem(table, column))
      .sort((a, b) => Number(isKey(table, b.label)) - Number(isKey(table, a.label))),
  ]);
}

function columnItem(table: Table, column: Column): ColumnItem {
  const label = column.name.toUpperCase();
  return {
    label,
    description: [table.name.toUpperCase(), column.type].filter((part) => part !== undefined).join(' · '),
    detail: column.description || (isKey(table, label) ? l10n.t('The row’s id in API addresses') : ''),
    grant: { table: table.name.toUpperCase(), column: label },
  };
}

/** The column that addresses a row of its table. */
export function isKey(table: Table, column: string): boolean {
  return (table.key ?? 'dcid').toUpperCase() === column.toUpperCase();
}
