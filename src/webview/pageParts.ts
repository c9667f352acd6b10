import type { LayoutState } from './gridLayout.ts';
import type { RegularTableElement } from './regularTable.ts';
import type { ChoicesState } from './rowChoices.ts';

/** What is in force in a page, kept while it is hidden. */
export interface SavedPage {
  readonly layout: LayoutState;
  readonly choices: ChoicesState;
}

/** The places of the page, and what it has from the editor. */
export interface PageParts {
  readonly toolbar: HTMLElement;
  readonly progress: HTMLElement;
  readonly table: RegularTableElement;
  readonly detail: HTMLElement;
  readonly note: HTMLElement;
  readonly saved: SavedPage | undefined;
  save(page: SavedPage): void;
  /** Says it to assistive technology. */
  announce(text: string): void;
  /** Something can be seen. */
  ready(): void;
}
