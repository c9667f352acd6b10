import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import type { Refusal } from '../../core/catalog/serverFacts.ts';
import { printTerm } from '../../core/catalog/fiql.ts';
import { COMMANDS } from '../contributions.ts';
import { checkbox } from './checkbox.ts';
import { countOf } from './composition.ts';
import type {
  ArgumentNode,
  ColumnNode,
  NoteNode,
  PowerQueriesNode,
  PowerQueryNode,
  ProblemNode,
  TableNode,
  TablesNode,
} from './explorerNode.ts';
import type { ExplorerTreeOptions } from './explorerTree.ts';

const { None, Collapsed } = TreeItemCollapsibleState;

export type LiveRow =
  TablesNode | TableNode | ColumnNode | PowerQueriesNode | PowerQueryNode | ArgumentNode | ProblemNode | NoteNode;

/** Rows that a server tells: its tables with their columns, its PowerQueries, and what went wrong. */
export function liveItem(node: LiveRow, options: ExplorerTreeOptions): TreeItem {
  switch (node.kind) {
    case 'tables': {
      const item = new TreeItem(l10n.t('Tables'), Collapsed);
      item.description = l10n.t('of this server');
      item.tooltip = l10n.t('All tables that the server lists, with their columns and what your plugin may read.');
      item.iconPath = new ThemeIcon('table');
      item.contextValue = 'tables live';
      return item;
    }
    case 'powerQueries': {
      const item = new TreeItem(l10n.t('Installed PowerQueries'), Collapsed);
      item.description = l10n.t('on this server');
      item.tooltip = l10n.t('All PowerQueries that the server has, with their arguments.');
      item.iconPath = new ThemeIcon('database');
      item.contextValue = 'powerQueries live';
      return item;
    }
    case 'table':
      return tableItem(node, options);
    case 'column':
      return columnItem(node, options);
    case 'powerQuery': {
      const { query } = node;
      const absent = query.availability === 'notReported';
      const item = new TreeItem(query.name, Collapsed);
      item.description = absent ? l10n.t('not on this server') : refused(query.refusal) || query.summary;
      item.iconPath = new ThemeIcon(absent || query.refusal ? 'circle-slash' : 'symbol-event');
      item.contextValue = absent ? 'powerQuery' : 'powerQuery get';
      return item;
    }
    case 'argument': {
      const { name, type, required } = node.argument;
      const item = new TreeItem(name, None);
      item.description = required ? l10n.t('{0}, required', type) : type;
      item.iconPath = new ThemeIcon('symbol-parameter');
      item.contextValue = 'argument';
      return item;
    }
    case 'problem':
      return problemItem(node);
    case 'note': {
      const item = new TreeItem('', None);
      item.description = node.text;
      item.accessibilityInformation = { label: node.text };
      item.contextValue = 'note';
      return item;
    }
  }
}

function tableItem({ table, parent }: TableNode, { composition }: ExplorerTreeOptions): TreeItem {
  const item = new TreeItem(table.name, Collapsed);
  const count = countOf(composition.checked(parent.server, { table: table.name }));
  const closed = table.closed !== undefined || table.refusal !== undefined;
  const words = [
    count > 0 ? l10n.t('{0} checked', count) : '',
    refused(table.refusal) || (table.closed === undefined ? '' : l10n.t('closed to the table API')),
    table.availability === 'notReported' ? l10n.t('not on this server') : '',
    table.coreTable === undefined ? '' : l10n.t('extends {0}', table.coreTable),
  ].filter((word) => word !== '');
  item.description = words.length > 0 ? words.join(' · ') : firstWords(table.description);
  item.iconPath = new ThemeIcon(closed || table.availability === 'notReported' ? 'circle-slash' : 'table');
  item.contextValue = `table live get${count > 0 ? ' checked' : ''}`;
  return item;
}

/** A column that the plugin may not read has no checkbox: asking for it refuses the whole request. */
function columnItem({ column, parent, table }: ColumnNode, { composition }: ExplorerTreeOptions): TreeItem {
  const { columns, terms } = composition.checked(parent.parent.server, { table: table.name });
  const own = terms.filter(({ field }) => field.toLowerCase() === column.name.toLowerCase());
  const checked = columns.includes(column.name);
  const absent = column.availability === 'notReported';
  const locked = column.readable === false;
  const isKey = table.key?.toLowerCase() === column.name.toLowerCase();
  const item = new TreeItem(column.name, None);
  item.description = [
    locked ? l10n.t('no grant') : '',
    column.type ?? '',
    isKey ? l10n.t('key') : '',
    column.access !== undefined && /^view/i.test(column.access) ? l10n.t('read only') : '',
    absent ? l10n.t('not on this server') : '',
    ...own.map(printTerm),
  ]
    .filter((word) => word !== '')
    .join(' · ');
  if (locked) item.iconPath = new ThemeIcon('lock', new ThemeColor('list.warningForeground'));
  else if (absent) item.iconPath = new ThemeIcon('circle-slash');
  else item.iconPath = new ThemeIcon(isKey ? 'key' : 'symbol-field');
  const aloud = locked ? l10n.t('your plugin may not read it') : item.description;
  item.accessibilityInformation = { label: `${column.name}, ${aloud}` };
  item.contextValue = locked ? 'lockedColumn' : `column${own.length > 0 ? ' terms' : ''}`;
  if (checked || !(locked || absent)) item.checkboxState = checkbox(checked, column.name);
  return item;
}

function problemItem(node: ProblemNode): TreeItem {
  const item = new TreeItem(node.message, None);
  item.description = node.mend;
  item.tooltip =
    node.code === undefined ? `${node.message} ${node.mend}` : `${node.message} ${node.mend} (${node.code})`;
  item.iconPath = new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  item.accessibilityInformation = { label: `${node.message} ${node.mend}` };
  item.contextValue = `problem ${node.action}${node.code === undefined ? '' : ' explained'}`;
  item.command =
    node.action === 'signIn'
      ? { title: '', command: COMMANDS.signInAgain, arguments: [node] }
      : node.action === 'trust'
        ? { title: '', command: 'workbench.trust.manage' }
        : node.action === 'grant'
          ? { title: '', command: COMMANDS.explainProblem, arguments: [node] }
          : { title: '', command: COMMANDS.retry, arguments: [node] };
  return item;
}

function refused(refusal: Refusal | undefined): string {
  return refusal === undefined ? '' : l10n.t('refused last time ({0})', refusal.status);
}

/** A description is one line beside the name. */
function firstWords(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
