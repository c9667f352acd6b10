import type { Arrangement, SortKey } from '../core/table/recordTable.ts';
import type { GridLayout } from './gridLayout.ts';

/** A sorted column by its name: slots are others when the request is run again. */
export interface SavedSort {
  readonly name: string;
  readonly descending: boolean;
}

/** What is kept of the choices while the page is hidden, and when the request is run again. */
export interface ChoicesState {
  readonly sort: readonly SavedSort[];
  readonly filters: readonly (readonly [name: string, text: string])[];
  readonly search: string;
}

/** Which rows the user wants to see, and in which order. */
export class RowChoices {
  readonly #layout: GridLayout;
  #sort: readonly SavedSort[] = [];
  readonly #filters = new Map<string, string>();
  search = '';

  constructor(layout: GridLayout) {
    this.#layout = layout;
  }

  restore({ sort, filters, search }: ChoicesState): void {
    this.#sort = sort;
    this.#filters.clear();
    for (const [name, text] of filters) this.#filters.set(name, text);
    this.search = search;
  }

  get state(): ChoicesState {
    return { sort: this.#sort, filters: [...this.#filters], search: this.search };
  }

  /** Columns that are sorted, the one that counts most first. */
  get sortKeys(): SortKey[] {
    return this.#sort.flatMap(({ name, descending }) => {
      const column = this.#layout.columnOf(name);
      return column === undefined ? [] : [{ slot: column.slot, descending }];
    });
  }

  get filters(): readonly (readonly [name: string, text: string])[] {
    return [...this.#filters];
  }

  sortOf(name: string): 'ascending' | 'descending' | undefined {
    const key = this.#sort.find((one) => one.name === name);
    return key === undefined ? undefined : key.descending ? 'descending' : 'ascending';
  }

  filterOf(name: string): string {
    return this.#filters.get(name) ?? '';
  }

  isFiltered(slot: number): boolean {
    return this.#layout.shown.some((column) => column.slot === slot && this.#filters.has(column.name));
  }

  /** What a click on a header asks for next: ascending, descending, as it came. */
  nextSort(name: string): boolean | undefined {
    const now = this.sortOf(name);
    return now === undefined ? false : now === 'ascending' ? true : undefined;
  }

  /**
   * @param descending undefined: no longer sorted by it.
   * @param more the other sorted columns stay and count more.
   */
  setSort(name: string, descending: boolean | undefined, more: boolean): void {
    const others = more ? this.#sort.filter((key) => key.name !== name) : [];
    this.#sort = descending === undefined ? others : [...others, { name, descending }];
  }

  setFilter(name: string, text: string): void {
    if (text.trim() === '') this.#filters.delete(name);
    else this.#filters.set(name, text);
  }

  clearFilters(): void {
    this.#filters.clear();
    this.search = '';
  }

  get arrangement(): Arrangement {
    const filters = this.filters.flatMap(([name, text]) => {
      const column = this.#layout.columnOf(name);
      return column === undefined ? [] : [{ slot: column.slot, text }];
    });
    const searched = this.#layout.shown.map(({ slot }) => slot);
    return { sort: this.sortKeys, filters, search: this.search, searched };
  }
}
