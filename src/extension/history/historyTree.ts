import { EventEmitter, type Disposable, type TreeDataProvider, type TreeItem } from 'vscode';
import { hideInUrl } from '../../core/privacy/hideInUrl.ts';
import type { HiddenFields } from '../response/hiddenFields.ts';
import type { HistoryBook } from './historyBook.ts';
import { byDay, dayItem, entryItem, type HistoryNode } from './historyItem.ts';

/** What was sent, by day, newest first. */
export class HistoryTree implements TreeDataProvider<HistoryNode>, Disposable {
  readonly #book: HistoryBook;
  readonly #hidden: Pick<HiddenFields, 'root' | 'onDidChange'>;
  readonly #changed = new EventEmitter<undefined>();
  readonly #subscriptions: Disposable[];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(book: HistoryBook, hidden: Pick<HiddenFields, 'root' | 'onDidChange'>) {
    this.#book = book;
    this.#hidden = hidden;
    const refresh = (): void => this.#changed.fire(undefined);
    this.#subscriptions = [book.onDidChange(refresh), hidden.onDidChange(refresh)];
  }

  async getChildren(node?: HistoryNode): Promise<HistoryNode[]> {
    if (!node) return byDay(await this.#book.entries());
    return node.kind === 'day' ? node.entries.map((entry) => ({ kind: 'entry', entry })) : [];
  }

  async getTreeItem(node: HistoryNode): Promise<TreeItem> {
    if (node.kind === 'day') return dayItem(node, Date.now());
    const { url } = node.entry;
    const root = await this.#hidden.root();
    return entryItem(node, root ? hideInUrl(url, root) : url, this.#book.hasAnswer(node.entry));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }
}
