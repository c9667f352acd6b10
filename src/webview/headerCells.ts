import type { GridStrings } from '../core/table/gridMessages.ts';
import type { SortKey } from '../core/table/recordTable.ts';
import type { TableColumn } from '../core/table/tableService.ts';
import { displayName } from './gridLayout.ts';
import { icon } from './icons.ts';

export interface HeaderFacts {
  readonly strings: GridStrings;
  readonly sort: readonly SortKey[];
  isFiltered(slot: number): boolean;
}

interface Header {
  readonly element: HTMLElement;
  readonly sort: HTMLElement;
  readonly filter: HTMLElement;
}

/** The contents of header cells: one for each column, which stays the same while the table is scrolled. */
export class HeaderCells {
  readonly #facts: HeaderFacts;
  readonly #headers = new Map<number, Header>();

  constructor(facts: HeaderFacts) {
    this.#facts = facts;
  }

  /** Forgets all: another result. */
  clear(): void {
    this.#headers.clear();
  }

  of(column: TableColumn): HTMLElement {
    return this.#header(column).element;
  }

  /** Gives a drawn header cell its role and marks. */
  decorate(cell: HTMLElement, column: TableColumn | undefined, pinned: boolean): void {
    cell.setAttribute('role', 'columnheader');
    cell.classList.toggle('row-number', column === undefined);
    cell.classList.toggle('pinned', pinned);
    cell.classList.toggle('number', column?.type === 'number');
    if (column === undefined) {
      cell.setAttribute('aria-label', this.#facts.strings.rowNumber);
      cell.removeAttribute('title');
      return;
    }
    const header = this.#header(column);
    // The library fills the headers of columns that stay with a text of its own.
    const place = cell.firstElementChild;
    if (pinned && place !== null && header.element.parentElement !== place) place.replaceChildren(header.element);
    const at = this.#facts.sort.findIndex(({ slot }) => slot === column.slot);
    const key = this.#facts.sort[at];
    const several = this.#facts.sort.length > 1 ? String(at + 1) : '';
    const mark = key === undefined ? '' : `${key.descending ? '↓' : '↑'}${several}`;
    if (header.sort.textContent !== mark) header.sort.textContent = mark;
    header.filter.hidden = !this.#facts.isFiltered(column.slot);
    cell.setAttribute('aria-sort', key === undefined ? 'none' : key.descending ? 'descending' : 'ascending');
    cell.setAttribute('aria-label', column.name);
    cell.title = `${column.name} · ${this.#facts.strings.types[column.type]}`;
  }

  #header(column: TableColumn): Header {
    let header = this.#headers.get(column.slot);
    if (header === undefined) {
      header = this.#create(column);
      this.#headers.set(column.slot, header);
    }
    return header;
  }

  #create({ name }: TableColumn): Header {
    const element = document.createElement('div');
    element.className = 'header';
    const label = document.createElement('span');
    label.className = 'header-name';
    const shown = displayName(name);
    const last = shown.lastIndexOf('.') + 1;
    const path = document.createElement('span');
    path.className = 'header-path';
    path.textContent = shown.slice(0, last);
    label.append(path, shown.slice(last));
    const sort = document.createElement('span');
    sort.className = 'header-sort';
    const filter = icon('filter');
    filter.classList.add('header-filter');
    filter.hidden = true;
    const menu = document.createElement('button');
    menu.className = 'header-menu';
    menu.tabIndex = -1;
    menu.ariaLabel = this.#facts.strings.columnMenu;
    menu.append(icon('chevron'));
    element.append(label, sort, filter, menu);
    return { element, sort, filter };
  }
}
