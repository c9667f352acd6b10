import { setImmediate } from 'node:timers/promises';
import { l10n, workspace } from 'vscode';
import type { Column } from '../../core/catalog/tables.ts';
import { ExplainedError } from '../../core/problem/explainedError.ts';
import { explorerItem } from './explorerItem.ts';
import type { ExplorerTreeOptions } from './explorerTree.ts';
import {
  serverOf,
  type ExplorerNode,
  type GroupNode,
  type LiveNode,
  type Mend,
  type NoteNode,
  type PowerQueriesNode,
  type ProblemNode,
  type TablesNode,
} from './explorerNode.ts';
import { readKey } from './serverReads.ts';

/**
 * The rows that a server tells. `redraw` is for what comes later.
 *
 * What is known without asking stays in sight when the server refuses; the refusal stands first, with its mend.
 */
export async function liveChildren(
  node: LiveNode,
  options: ExplorerTreeOptions,
  redraw: (node: LiveNode) => void,
): Promise<ExplorerNode[]> {
  const problem = await ask(node, options, redraw);
  const rows = await rowsOf(node, options);
  if (problem) return [problemNode(node, problem), ...rows];
  const nothing = rows.every(({ kind }) => kind === 'area');
  return nothing ? [...rows, note(node)] : rows;
}

async function ask(
  node: LiveNode,
  options: ExplorerTreeOptions,
  redraw: (node: LiveNode) => void,
): Promise<Error | 'untrusted' | undefined> {
  const { reads, registry } = options;
  const server = serverOf(node);
  // Nothing to sign in with is said at the server already, and the same again below each row would only be noise.
  if (!(await registry.credentials(server)) && node.kind === 'group') return undefined;
  if (!workspace.isTrusted) return 'untrusted';
  switch (node.kind) {
    case 'tables':
      return reads.tables(server);
    case 'table':
      return reads.columns(server, node.table.name);
    case 'powerQueries':
      return reads.powerQueries(server);
    case 'group': {
      const { resource } = node.parent;
      if (node.group !== 'expansions') return reads.names(server, resource);
      // Most expansions are known beforehand: they are shown at once, and corrected when the answer comes.
      void redrawIfOthers(node, options, redraw);
      return reads.failure(server, readKey(node));
    }
  }
}

/** Draws again only when the server told something else than is shown: rows that move lose clicks. */
async function redrawIfOthers(
  node: GroupNode,
  options: ExplorerTreeOptions,
  redraw: (node: LiveNode) => void,
): Promise<void> {
  const shown = async (): Promise<string> => {
    const rows = (await rowsOf(node, options)).map((row) => {
      const { label, description } = explorerItem(row, options);
      return [label, description];
    });
    const { reads } = options;
    return JSON.stringify([rows, reads.failure(serverOf(node), readKey(node))?.message]);
  };
  const before = await shown();
  await options.reads.startNames(serverOf(node), node.parent.resource, () => {
    void shown().then((now) => {
      if (now !== before) redraw(node);
    });
  });
}

async function rowsOf(node: LiveNode, { knowledge }: ExplorerTreeOptions): Promise<ExplorerNode[]> {
  const server = serverOf(node);
  switch (node.kind) {
    case 'tables': {
      const { tables } = await knowledge.tables(server);
      // To put thousands of tables together takes long enough: to draw them is left for the next turn.
      await setImmediate();
      return [callsOf(node), ...tables.map((table): ExplorerNode => ({ kind: 'table', parent: node, table }))];
    }
    case 'table': {
      const table = (await knowledge.tables(server)).table(node.table.name) ?? node.table;
      // What can be asked for stands first: a plugin is often granted a few of some hundred columns.
      const columns = [...table.columns].sort((a, b) => rank(a) - rank(b));
      return columns.map((column) => ({ kind: 'column', parent: node, table, column }));
    }
    case 'powerQueries': {
      const { powerQueries } = await knowledge.catalog(server);
      return [
        callsOf(node),
        ...powerQueries.map((query): ExplorerNode => ({ kind: 'powerQuery', parent: node, query })),
      ];
    }
    case 'group':
      return partRows(node, (await knowledge.catalog(server)).resource(node.parent.resource.id));
  }
}

function rank({ readable, availability }: Column): number {
  if (availability === 'notReported') return 2;
  return readable === false ? 1 : 0;
}

/** The calls that work on tables or PowerQueries stand above the list. */
function callsOf({ server, area }: TablesNode | PowerQueriesNode): ExplorerNode {
  return { kind: 'area', server, area };
}

function partRows({ parent, group }: GroupNode, resource = parent.resource): ExplorerNode[] {
  return group === 'expansions'
    ? resource.expansions.map((expansion) => ({ kind: 'expansion', parent, expansion }))
    : resource.extensions.map((extension) => ({ kind: 'extension', parent, extension }));
}

function problemNode(parent: LiveNode, problem: Error | 'untrusted'): ProblemNode {
  const server = serverOf(parent);
  if (problem === 'untrusted') {
    return {
      kind: 'problem',
      parent,
      server,
      code: undefined,
      message: l10n.t('The server is not asked'),
      mend: l10n.t('Trust this workspace first.'),
      action: 'trust',
    };
  }
  const explained = problem instanceof ExplainedError ? problem : undefined;
  const { host } = new URL(server.origin);
  const { message } = problem;
  return {
    kind: 'problem',
    parent,
    server,
    code: explained?.code,
    // The row stands below its server: a long address before the verb would fill all that is seen of it.
    message: message.startsWith(`${host} `) ? l10n.t('The server {0}', message.slice(host.length + 1)) : message,
    mend: explained?.mend ?? '',
    action: mendOf(explained?.code),
  };
}

const SIGN_IN_CODES: ReadonlySet<string | undefined> = new Set(['PS940', 'PS941', 'PS946']);
const GRANT_CODES: ReadonlySet<string | undefined> = new Set(['PS947', 'PS950', 'PS951', 'PS952']);

function mendOf(code: string | undefined): Mend {
  if (SIGN_IN_CODES.has(code)) return 'signIn';
  return GRANT_CODES.has(code) ? 'grant' : 'none';
}

function note(parent: LiveNode): NoteNode {
  switch (parent.kind) {
    case 'tables':
      return { kind: 'note', parent, text: l10n.t('This server lists no tables') };
    case 'table':
      return { kind: 'note', parent, text: l10n.t('This server names no columns') };
    case 'powerQueries':
      return { kind: 'note', parent, text: l10n.t('No PowerQueries are installed') };
    case 'group':
      return { kind: 'note', parent, text: l10n.t('This server reports none') };
  }
}
