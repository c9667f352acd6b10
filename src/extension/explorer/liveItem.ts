import { ThemeColor, ThemeIcon, TreeItemCollapsibleState, l10n, type TreeItem } from 'vscode';
import { printTerm } from '../../core/catalog/fiql.ts';
import { joined, treeRow } from '../adapters/treeRow.ts';
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
import { absentWord, checkedWord, refusedWord } from './rowWords.ts';

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
    case 'tables':
      return treeRow(l10n.t('Tables'), Collapsed, 'table', {
        description: countOfReported(knowledge.reported(node.server)?.tables),
        tooltip: l10n.t('All tables that the server lists, with their columns and what your plugin may read.'),
        contextValue: 'tables live',
      });
    case 'powerQueries':
      return treeRow(l10n.t('PowerQueries'), Collapsed, 'database', {
        description: countOfReported(knowledge.reported(node.server)?.powerQueries),
        tooltip: l10n.t('All PowerQueries that the server has, with their arguments.'),
        contextValue: 'powerQueries live',
      });
    case 'table':
      return tableItem(node, options);
    case 'column':
      return columnItem(node, options);
    case 'powerQuery': {
      const { query, parent } = node;
      const absent = absentWord(query.availability);
      const count = countOf(composition.checked(parent.server, { powerQuery: query.name }));
      return treeRow(query.name, Collapsed, absent || query.refusal ? 'circle-slash' : 'symbol-event', {
        description: joined([checkedWord(count), absent || refusedWord(query.refusal)]) || query.summary,
        contextValue: `powerQuery${absent ? '' : ' get'}${count > 0 ? ' checked' : ''}`,
      });
    }
    case 'argument': {
      const { name, type, required, description } = node.argument;
      return treeRow(name, None, 'symbol-parameter', {
        description: joined([required ? l10n.t('{0}, required', type) : type, description]),
        contextValue: 'argument',
      });
    }
    case 'queryColumn':
      return queryColumnItem(node, options);
    case 'problem':
      return problemItem(node);
    case 'note':
      return treeRow('', None, undefined, {
        description: node.text,
        accessibilityInformation: { label: node.text },
        contextValue: 'note',
      });
  }
}

function tableItem({ table, parent }: TableNode, { composition }: ExplorerTreeOptions): TreeItem {
  const count = countOf(composition.checked(parent.server, { table: table.name }));
  const bare = table.granted === false;
  const absent = absentWord(table.availability);
  const closed = table.closed !== undefined || table.refusal !== undefined || bare || absent;
  const words = [
    checkedWord(count),
    refusedWord(table.refusal) || (table.closed === undefined ? '' : l10n.t('closed to the table API')),
    bare ? l10n.t('no grant') : '',
    absent,
    table.coreTable === undefined ? '' : l10n.t('extends {0}', table.coreTable),
  ];
  return treeRow(table.name, Collapsed, closed ? 'circle-slash' : 'table', {
    description: joined(words) || firstWords(table.description),
    contextValue: `table live get${count > 0 ? ' checked' : ''}`,
  });
}

/** A column that the plugin may not read has no checkbox: asking for it refuses the whole request. */
function columnItem({ column, parent, table }: ColumnNode, { composition }: ExplorerTreeOptions): TreeItem {
  const { name } = column;
  const parts = composition.checked(parent.parent.server, { table: table.name });
  const use = useOf(parts, name);
  const checked = parts.columns.includes(name);
  const absent = absentWord(column.availability);
  const locked = column.readable === false;
  const isKey = table.key?.toLowerCase() === name.toLowerCase();
  const description = joined([
    locked ? l10n.t('no grant') : '',
    column.type,
    isKey ? l10n.t('key') : '',
    column.access !== undefined && /^view/i.test(column.access) ? l10n.t('read only') : '',
    absent,
    ...use,
    firstWords(column.description),
  ]);
  const icon = absent ? 'circle-slash' : isKey ? 'key' : 'symbol-field';
  return treeRow(name, None, locked ? new ThemeIcon('lock', new ThemeColor('list.warningForeground')) : icon, {
    description,
    accessibilityInformation: { label: `${name}, ${locked ? l10n.t('your plugin may not read it') : description}` },
    contextValue: locked ? 'lockedColumn' : `column${use.length > 0 ? ' terms' : ''}`,
    ...(checked || !(locked || absent) ? { checkboxState: checkbox(checked, name) } : {}),
  });
}

function queryColumnItem({ name, parent }: QueryColumnNode, { composition }: ExplorerTreeOptions): TreeItem {
  const parts = composition.checked(parent.parent.server, { powerQuery: parent.query.name });
  const use = useOf(parts, name);
  return treeRow(name, None, 'symbol-field', {
    description: joined([l10n.t('column'), ...use]),
    contextValue: `queryColumn${use.length > 0 ? ' terms' : ''}`,
    checkboxState: checkbox(parts.columns.includes(name), name),
  });
}

/** The conditions on a column and how it is sorted, as words of its row. */
function useOf({ terms, sort }: CheckedParts, column: string): string[] {
  const same = (name: string): boolean => name.toLowerCase() === column.toLowerCase();
  const key = sort.find((each) => same(each.column));
  const sorted = key?.descending ? l10n.t('sorted, largest first') : l10n.t('sorted');
  return [...terms.filter(({ field }) => same(field)).map(printTerm), ...(key ? [sorted] : [])];
}

/** How many the server listed; nothing before it was asked. */
function countOfReported(listed: readonly unknown[] | undefined): string {
  return listed === undefined ? '' : String(listed.length);
}

function problemItem(node: ProblemNode): TreeItem {
  const { message, mend, code, action } = node;
  const words = `${message} ${mend}`;
  return treeRow(message, None, new ThemeIcon('error', new ThemeColor('list.errorForeground')), {
    description: mend,
    tooltip: code === undefined ? words : `${words} (${code})`,
    accessibilityInformation: { label: words },
    contextValue: `problem ${action}${code === undefined ? '' : ' explained'}`,
    command: { title: '', command: MENDS[action], ...(action === 'trust' ? {} : { arguments: [node] }) },
  });
}

const MENDS: Readonly<Record<ProblemNode['action'], string>> = {
  signIn: COMMANDS.signInAgain,
  trust: 'workbench.trust.manage',
  grant: COMMANDS.explainProblem,
  none: COMMANDS.retry,
};

/** A description is one line beside the name. */
function firstWords(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
