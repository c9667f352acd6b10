import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import type { Refusal } from '../../core/catalog/serverFacts.ts';
import { printTerm } from '../../core/catalog/fiql.ts';
import { COMMANDS } from '../contributions.ts';
import { checkbox } from './checkbox.ts';
import { countOf, type CheckedParts } from './composition.ts';
import type {
  ArgumentNode,
  ColumnNode,
  NoteNode,
  PowerQueriesNode,
  PowerQueryNode,
  ProblemNode,
  QueryColumnNode,
  TableNode,
  TablesNode,
} from './explorerNode.ts';
import type { ExplorerTreeOptions } from './explorerTree.ts';

const { None, Collapsed } = TreeItemCollapsibleState;

export type LiveRow =
  | TablesNode
  | TableNode
  | ColumnNode
  | PowerQueriesNode
  | PowerQueryNode
  | ArgumentNode
  | QueryColumnNode
  | ProblemNode
  | NoteNode;

/** Rows that a server tells: its tables with their columns, its PowerQueries, and what went wrong. */
export function liveItem(node: LiveRow, options: ExplorerTreeOptions): TreeItem {
  const { composition, knowledge } = options;
  switch (node.kind) {
    case 'tables': {
      const item = new TreeItem(l10n.t('Tables'), Collapsed);
      item.description = countOfReported(knowledge.reported(node.server)?.tables);
      item.tooltip = l10n.t('All tables that the server lists, with their columns and what your plugin may read.');
      item.iconPath = new ThemeIcon('table');
      item.contextValue = 'tables live';
      return item;
    }
    case 'powerQueries': {
      const item = new TreeItem(l10n.t('PowerQueries'), Collapsed);
      item.description = countOfReported(knowledge.reported(node.server)?.powerQueries);
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
      const { query, parent } = node;
      const absent = query.availability === 'notReported';
      const count = countOf(composition.checked(parent.server, { powerQuery: query.name }));
      const item = new TreeItem(query.name, Collapsed);
      item.description = joined([
        count > 0 ? l10n.t('{0} checked', count) : '',
        absent ? l10n.t('not on this server') : refused(query.refusal),
      ]);
      item.description ||= query.summary;
      item.iconPath = new ThemeIcon(absent || query.refusal ? 'circle-slash' : 'symbol-event');
      item.contextValue = `powerQuery${absent ? '' : ' get'}${count > 0 ? ' checked' : ''}`;
      return item;
    }
    case 'argument': {
      const { name, type, required, description = '' } = node.argument;
      const item = new TreeItem(name, None);
      item.description = joined([required ? l10n.t('{0}, required', type) : type, description]);
      item.iconPath = new ThemeIcon('symbol-parameter');
      item.contextValue = 'argument';
      return item;
    }
    case 'queryColumn':
      return queryColumnItem(node, options);
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
  const bare = table.granted === false;
  const closed = table.closed !== undefined || table.refusal !== undefined || bare;
  const words = [
    count > 0 ? l10n.t('{0} checked', count) : '',
    refused(table.refusal) || (table.closed === undefined ? '' : l10n.t('closed to the table API')),
    bare ? l10n.t('no grant') : '',
    table.availability === 'notReported' ? l10n.t('not on this server') : '',
    table.coreTable === undefined ? '' : l10n.t('extends {0}', table.coreTable),
  ];
  item.description = joined(words) || firstWords(table.description);
  item.iconPath = new ThemeIcon(closed || table.availability === 'notReported' ? 'circle-slash' : 'table');
  item.contextValue = `table live get${count > 0 ? ' checked' : ''}`;
  return item;
}

/** A column that the plugin may not read has no checkbox: asking for it refuses the whole request. */
function columnItem({ column, parent, table }: ColumnNode, { composition }: ExplorerTreeOptions): TreeItem {
  const parts = composition.checked(parent.parent.server, { table: table.name });
  const use = useOf(parts, column.name);
  const checked = parts.columns.includes(column.name);
  const absent = column.availability === 'notReported';
  const locked = column.readable === false;
  const isKey = table.key?.toLowerCase() === column.name.toLowerCase();
  const item = new TreeItem(column.name, None);
  item.description = joined([
    locked ? l10n.t('no grant') : '',
    column.type ?? '',
    isKey ? l10n.t('key') : '',
    column.access !== undefined && /^view/i.test(column.access) ? l10n.t('read only') : '',
    absent ? l10n.t('not on this server') : '',
    ...use,
    firstWords(column.description),
  ]);
  if (locked) item.iconPath = new ThemeIcon('lock', new ThemeColor('list.warningForeground'));
  else if (absent) item.iconPath = new ThemeIcon('circle-slash');
  else item.iconPath = new ThemeIcon(isKey ? 'key' : 'symbol-field');
  const aloud = locked ? l10n.t('your plugin may not read it') : item.description;
  item.accessibilityInformation = { label: `${column.name}, ${aloud}` };
  item.contextValue = locked ? 'lockedColumn' : `column${use.length > 0 ? ' terms' : ''}`;
  if (checked || !(locked || absent)) item.checkboxState = checkbox(checked, column.name);
  return item;
}

function queryColumnItem({ name, parent }: QueryColumnNode, { composition }: ExplorerTreeOptions): TreeItem {
  const parts = composition.checked(parent.parent.server, { powerQuery: parent.query.name });
  const use = useOf(parts, name);
  const item = new TreeItem(name, None);
  item.description = joined([l10n.t('column'), ...use]);
  item.iconPath = new ThemeIcon('symbol-field');
  item.contextValue = `queryColumn${use.length > 0 ? ' terms' : ''}`;
  item.checkboxState = checkbox(parts.columns.includes(name), name);
  return item;
}

/** The conditions on a column and how it is sorted, as words of its row. */
function useOf({ terms, sort }: CheckedParts, column: string): string[] {
  const same = (name: string): boolean => name.toLowerCase() === column.toLowerCase();
  const key = sort.find((each) => same(each.column));
  const sorted = key?.descending ? l10n.t('sorted, largest first') : l10n.t('sorted');
  return [...terms.filter(({ field }) => same(field)).map(printTerm), ...(key ? [sorted] : [])];
}

function joined(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' · ');
}

/** How many the server listed; nothing before it was asked. */
function countOfReported(listed: readonly unknown[] | undefined): string {
  return listed === undefined ? '' : String(listed.length);
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
