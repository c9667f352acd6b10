import { commands, type Disposable, type TreeView } from 'vscode';
import { nodeId, type ExplorerNode } from './explorerNode.ts';

/** Milliseconds to wait for the editor to tell of a selection: none comes when the row was selected already. */
const USUAL_WAIT = 120;
/** On a machine with much other work: a key must not act on the row that was selected before. */
const LONGEST_WAIT = 800;

/**
 * The row that a key is meant for, where the editor did not tell it with the key: it has forgotten a row that it is
 * drawing anew. It tells the selection, so the row with the focus is selected first: a row with children opens or
 * closes by that, as with any list, and is put back unless it may open.
 */
export class FocusedRow {
  readonly #view: TreeView<ExplorerNode>;
  /** Of the last key: on the same row again, nothing is told. */
  #last: string | undefined;

  constructor(view: TreeView<ExplorerNode>) {
    this.#view = view;
  }

  async row(mayOpen: boolean): Promise<ExplorerNode | undefined> {
    await this.#select();
    const [row] = this.#view.selection;
    this.#last = row && nodeId(row);
    if (row && !mayOpen && hasChildren(row)) await commands.executeCommand('list.toggleExpand');
    return row;
  }

  async #select(): Promise<void> {
    let subscription: Disposable | undefined;
    const timers: NodeJS.Timeout[] = [];
    const selected = new Promise<void>((resolve) => {
      subscription = this.#view.onDidChangeSelection(() => resolve());
      const usual = setTimeout(() => {
        const [row] = this.#view.selection;
        if (row && nodeId(row) === this.#last) resolve();
      }, USUAL_WAIT);
      timers.push(usual, setTimeout(resolve, LONGEST_WAIT));
    });
    await commands.executeCommand('list.select');
    await selected;
    for (const timer of timers) clearTimeout(timer);
    subscription?.dispose();
  }
}

function hasChildren({ kind }: ExplorerNode): boolean {
  return kind === 'resource' || kind === 'table' || kind === 'powerQuery' || kind === 'group';
}
