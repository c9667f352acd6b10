import { EventEmitter, Uri, commands, l10n, window, workspace, type Disposable, type TreeDataProvider } from 'vscode';
import { COMMANDS, SETTINGS, SETTINGS_SECTION, VIEWS } from '../contributions.ts';
import { showError } from '../problems/showError.ts';
import type { HistoryRecorder, RequestRunner } from '../requests/requestRunner.ts';
import type { EntryNode, HistoryNode } from './historyItem.ts';
import type { HistoryOptions, HistoryParts } from './historyParts.ts';

export interface History extends HistoryRecorder, Disposable {
  /** Forgets all that was sent, on disk and in memory. */
  clear(): Promise<void>;
}

export interface RegisterHistoryOptions extends Omit<HistoryOptions, 'keepBodies'> {
  /** Asked for when a request is sent again. */
  readonly runner: () => RequestRunner;
}

/** A row of the view, a response document, or nothing from the palette or a key. */
type Argument = HistoryNode | Uri | undefined;

/** The History view and what can be done with answers of before. Its code comes when something was sent or it is seen. */
export function registerHistory({ runner, ...options }: RegisterHistoryOptions): History {
  const { responses, hidden } = options;
  const changed = new EventEmitter<HistoryNode | undefined>();
  let loaded: Promise<HistoryParts> | undefined;
  let subscription: Disposable | undefined;
  const parts = (): Promise<HistoryParts> =>
    (loaded ??= import('./historyParts.ts').then(({ HistoryParts: Parts }) => {
      const made = new Parts({ ...options, keepBodies }, runner());
      subscription = made.tree.onDidChangeTreeData(() => changed.fire(undefined));
      return made;
    }));
  const provider: TreeDataProvider<HistoryNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => (await parts()).tree.getChildren(node),
    getTreeItem: async (node) => (await parts()).tree.getTreeItem(node),
  };
  const view = window.createTreeView<HistoryNode>(VIEWS.history, {
    treeDataProvider: provider,
    showCollapseAll: true,
    canSelectMany: true,
  });

  const chosen = (argument: Argument, all?: readonly HistoryNode[]): EntryNode[] => {
    const one = argument === undefined || argument instanceof Uri ? [] : [argument];
    const nodes = all ?? (one.length > 0 ? one : view.selection);
    return nodes.flatMap((node) =>
      node.kind === 'entry' ? [node] : node.entries.map((entry) => ({ kind: 'entry' as const, entry })),
    );
  };
  const on = (
    id: string,
    action: (own: HistoryParts, argument: Argument, all: readonly HistoryNode[] | undefined) => unknown,
  ): Disposable =>
    commands.registerCommand(id, async (argument?: Argument, all?: readonly HistoryNode[]) => {
      try {
        await action(await parts(), argument, all);
      } catch (error) {
        await showError(error);
      }
    });
  /** On the entry that a row, a response document or the selection stands for. */
  const onEntry = (
    id: string,
    action: (own: HistoryParts['actions'], entry: EntryNode['entry']) => Promise<void>,
  ): Disposable =>
    on(id, async ({ actions }, argument) => {
      const uri = argument instanceof Uri ? argument : undefined;
      const document = uri ?? (argument ? undefined : window.activeTextEditor?.document.uri);
      const id = document && responses.viewOf(document)?.historyId;
      const entry = id === undefined ? chosen(argument)[0]?.entry : await actions.entryOf(id);
      if (entry) await action(actions, entry);
    });

  const showHidden = (): void => {
    view.description = hidden.on ? l10n.t('personal fields hidden') : '';
  };
  showHidden();
  const disposables: Disposable[] = [
    changed,
    view,
    hidden.onDidChange(showHidden),
    view.onDidChangeVisibility(async ({ visible }) => {
      if (visible) (await parts()).book.look();
    }),
    window.onDidChangeWindowState(async ({ focused }) => {
      if (focused && view.visible) (await parts()).book.look();
    }),
    workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration(`${SETTINGS_SECTION}.${SETTINGS.keepBodies}`))
        (await parts()).book.forgetUnwantedBodies();
    }),
    onEntry(COMMANDS.openHistoryEntry, (own, entry) => own.open(entry)),
    onEntry(COMMANDS.openSentRequest, (own, entry) => own.openSent(entry)),
    onEntry(COMMANDS.runAgain, (own, entry) => own.runAgain(entry)),
    onEntry(COMMANDS.runOnAnotherServer, (own, entry) => own.runOnAnotherServer(entry)),
    on(COMMANDS.compareWith, async ({ actions }, argument, all) => {
      const document = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
      const [first, second] = chosen(argument, all);
      if (argument === undefined || argument instanceof Uri) {
        const shown = document && responses.viewOf(document);
        if (shown) return actions.compare(shown);
      }
      const left = first && (await actions.comparable(first.entry));
      const right = left && second && (await actions.comparable(second.entry));
      if (left && (!second || right)) await actions.compare(left, right);
    }),
    on(COMMANDS.removeHistoryEntry, ({ book }, argument, all) =>
      book.remove(chosen(argument, all).map(({ entry }) => entry)),
    ),
    on(COMMANDS.clearHistory, ({ actions }) => actions.clear()),
    on(COMMANDS.sortKeys, ({ comparisons }) => comparisons.sortKeys(true)),
    on(COMMANDS.keepKeyOrder, ({ comparisons }) => comparisons.sortKeys(false)),
  ];

  return {
    add: async (result, words) => (await parts()).book.add(result, words),
    clear: async () => (await parts()).book.clear(),
    dispose: () => {
      subscription?.dispose();
      for (const part of disposables) part.dispose();
      void loaded?.then((own) => own.dispose());
    },
  };
}

function keepBodies(): boolean {
  return workspace.getConfiguration(SETTINGS_SECTION).get<boolean>(SETTINGS.keepBodies, false);
}
