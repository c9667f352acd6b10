import { window, type Disposable, type Uri } from 'vscode';
import type { TextFormat } from '../../core/table/tableText.ts';
import type { BodyStore } from '../response/bodyStore.ts';
import type { HiddenFields } from '../response/hiddenFields.ts';
import type { ResponseView } from '../response/responseView.ts';
import { GridPanel, type ShownRecords } from './gridPanel.ts';

export interface GridPanelsOptions {
  readonly bodies: BodyStore;
  readonly hidden: HiddenFields;
  /** The folder of the extension. */
  readonly extensionUri: Uri;
}

/** The tables that are open, one for each result. */
export class GridPanels implements Disposable {
  readonly #options: GridPanelsOptions;
  readonly #panels = new Map<string, GridPanel>();
  readonly #subscription: Disposable;

  constructor(options: GridPanelsOptions) {
    this.#options = options;
    this.#subscription = options.hidden.onDidChange(() => this.#renewHidden());
  }

  open(view: ResponseView): void {
    const known = this.#panels.get(view.key);
    if (known) return known.reveal();
    const { bodies, extensionUri, hidden } = this.#options;
    const column = window.tabGroups.activeTabGroup.viewColumn;
    const onClosed = (): void => void this.#panels.delete(view.key);
    const panel = new GridPanel({ view, bodies, extensionUri, column, hidePersonal: hidden.on, onClosed });
    this.#panels.set(view.key, panel);
  }

  /** Another answer of the same request came: its table shows it. */
  renew(view: ResponseView): void {
    this.#panels.get(view.key)?.load(view);
  }

  /** Copies what is selected in the table that has the focus. */
  copy(format: TextFormat): void {
    this.#active?.copy(format);
  }

  async shown(): Promise<ShownRecords | undefined> {
    return this.#active?.shown();
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
  }

  get #active(): GridPanel | undefined {
    return [...this.#panels.values()].find((panel) => panel.isActive);
  }

  async #renewHidden(): Promise<void> {
    const hide = this.#options.hidden.on;
    await Promise.all([...this.#panels.values()].map((panel) => panel.hidePersonal(hide)));
  }
}
