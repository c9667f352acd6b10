import { commands, l10n, window, type Disposable, type Uri } from 'vscode';
import type { TextFormat } from '../../core/table/tableText.ts';
import { together } from '../adapters/disposables.ts';
import { COMMANDS } from '../contributions.ts';
import type { ResponseDocuments } from '../response/responseDocuments.ts';
import type { GridPanels, GridPanelsOptions } from './gridPanels.ts';
import type { ShownRecords } from './gridPanel.ts';

export interface GridsOptions extends GridPanelsOptions {
  readonly documents: ResponseDocuments;
}

/** The commands around tables of results; the tables themselves are loaded with the first one. */
export class Grids implements Disposable {
  readonly #options: GridsOptions;
  readonly #subscriptions: Disposable;
  #panels: GridPanels | undefined;

  constructor(options: GridsOptions) {
    this.#options = options;
    const copy = (command: string, format: TextFormat): Disposable =>
      commands.registerCommand(command, () => this.#panels?.copy(format));
    this.#subscriptions = together(
      options.documents.onDidShow((view) => this.#panels?.renew(view)),
      commands.registerCommand(COMMANDS.openTable, (uri?: Uri) => this.#open(uri)),
      copy(COMMANDS.copyCells, 'tsv'),
      copy(COMMANDS.copyCellsWithHeader, 'tsvWithHeader'),
      copy(COMMANDS.copyCellsAsCsv, 'csv'),
      copy(COMMANDS.copyCellsAsJson, 'json'),
    );
  }

  /** What an export of the active table writes: filtered, sorted, shown columns; undefined when no table is active. */
  async shownRecords(): Promise<ShownRecords | undefined> {
    return this.#panels?.shown();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#panels?.dispose();
  }

  async #open(uri: Uri | undefined): Promise<void> {
    const shown = uri ?? window.activeTextEditor?.document.uri;
    const view = shown && this.#options.documents.viewOf(shown);
    if (!view?.records) {
      await window.showInformationMessage(l10n.t('Run a request whose answer holds records, then open it as a table.'));
      return;
    }
    const { GridPanels } = await import('./gridPanels.ts');
    this.#panels ??= new GridPanels(this.#options);
    this.#panels.open(view);
  }
}
