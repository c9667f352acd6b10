import { commands, l10n, window, type Disposable, type Uri } from 'vscode';
import type { TextFormat } from '../../core/table/tableText.ts';
import { together } from '../adapters/disposables.ts';
import { COMMANDS, type CommandId } from '../contributions.ts';
import type { BodyStore } from '../response/bodyStore.ts';
import type { HiddenFields } from '../response/hiddenFields.ts';
import type { ResponseDocuments } from '../response/responseDocuments.ts';
import type { ResponseView } from '../response/responseView.ts';
import type { GridPanel, ShownRecords } from './gridPanel.ts';

export interface GridsOptions {
  readonly documents: ResponseDocuments;
  readonly bodies: BodyStore;
  readonly hidden: HiddenFields;
  readonly extensionUri: Uri;
}

const COPIES: readonly (readonly [CommandId, TextFormat])[] = [
  [COMMANDS.copyCells, 'tsv'],
  [COMMANDS.copyCellsWithHeader, 'tsvWithHeader'],
  [COMMANDS.copyCellsAsCsv, 'csv'],
  [COMMANDS.copyCellsAsJson, 'json'],
];

/** The tables that are open, one for each result. */
export class Grids implements Disposable {
  readonly #options: GridsOptions;
  readonly #panels = new Map<string, GridPanel>();
  readonly #subscriptions: Disposable;

  constructor(options: GridsOptions) {
    this.#options = options;
    this.#subscriptions = together(
      options.documents.onDidShow((view) => this.#panels.get(view.key)?.load(view)),
      options.hidden.onDidChange(() => this.#renewHidden()),
      commands.registerCommand(COMMANDS.openTable, (uri?: Uri) => this.#openFor(uri)),
      ...COPIES.map(([command, format]) => commands.registerCommand(command, () => this.active?.copy(format))),
    );
  }

  /** The table that has the focus. */
  get active(): GridPanel | undefined {
    return [...this.#panels.values()].find((panel) => panel.isActive);
  }

  /** What an export of the active table writes; undefined when no table is active. */
  async shownRecords(): Promise<ShownRecords | undefined> {
    return this.active?.shown();
  }

  async open(view: ResponseView): Promise<void> {
    const known = this.#panels.get(view.key);
    if (known) return known.reveal();
    const { GridPanel } = await import('./gridPanel.ts');
    const { bodies, extensionUri, hidden } = this.#options;
    const column = window.tabGroups.activeTabGroup.viewColumn;
    const onClosed = (): void => void this.#panels.delete(view.key);
    this.#panels.set(
      view.key,
      new GridPanel({ view, bodies, extensionUri, column, hidePersonal: hidden.on, onClosed }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
  }

  async #renewHidden(): Promise<void> {
    const hide = this.#options.hidden.on;
    await Promise.all([...this.#panels.values()].map((panel) => panel.hidePersonal(hide)));
  }

  async #openFor(uri: Uri | undefined): Promise<void> {
    const shown = uri ?? window.activeTextEditor?.document.uri;
    const view = shown && this.#options.documents.viewOf(shown);
    if (view && (view.records ?? 0) > 0) return this.open(view);
    await window.showInformationMessage(l10n.t('Run a request whose answer holds records, then open it as a table.'));
  }
}
