import type { Disposable, Memento } from 'vscode';
import { together } from '../adapters/disposables.ts';
import type { RequestRunner } from '../requests/requestRunner.ts';
import type { BodyStore } from '../response/bodyStore.ts';
import type { HiddenFields } from '../response/hiddenFields.ts';
import type { ResponseDocuments } from '../response/responseDocuments.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import { Comparisons } from './comparison.ts';
import { HistoryActions } from './historyActions.ts';
import { HistoryBook } from './historyBook.ts';
import { HistoryTree } from './historyTree.ts';

export interface HistoryOptions {
  readonly registry: ServerRegistry;
  readonly responses: ResponseDocuments;
  readonly bodies: BodyStore;
  readonly hidden: HiddenFields;
  /** Remembers how comparisons are shown. */
  readonly workspaceState: Memento;
  /** Folder for the entries. */
  readonly storage: string;
  readonly log: (line: string) => void;
  readonly keepBodies: () => boolean;
}

/** What the history is made of, once it is used. */
export class HistoryParts implements Disposable {
  readonly book: HistoryBook;
  readonly tree: HistoryTree;
  readonly comparisons: Comparisons;
  readonly actions: HistoryActions;
  readonly #parts: Disposable;

  constructor({ storage, ...options }: HistoryOptions, runner: RequestRunner) {
    const { bodies, hidden, workspaceState } = options;
    this.book = new HistoryBook({ ...options, folder: storage });
    this.tree = new HistoryTree(this.book, hidden);
    this.comparisons = new Comparisons(bodies, hidden, workspaceState);
    this.actions = new HistoryActions({ ...options, book: this.book, comparisons: this.comparisons, runner });
    this.#parts = together(this.book, this.tree, this.comparisons);
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
