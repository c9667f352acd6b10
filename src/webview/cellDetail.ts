import type { GridStrings } from '../core/table/gridMessages.ts';
import type { TableColumn } from '../core/table/tableService.ts';
import { element } from './columnMenu.ts';
import { readable } from './gridText.ts';
import { icon } from './icons.ts';

export interface DetailFacts {
  readonly strings: GridStrings;
  readonly column: TableColumn;
  readonly value: string | null;
  /** All columns with the values of the record, shortened. */
  readonly record: readonly (readonly [name: string, value: string | null])[];
  /** Counted from 1. */
  readonly row: number;
}

/** A part beside the table: the whole value of the active cell, and the record that it belongs to. */
export class CellDetail {
  readonly #element: HTMLElement;
  readonly #onClose: () => void;
  readonly #onCopy: () => void;

  constructor(holder: HTMLElement, onClose: () => void, onCopy: () => void) {
    this.#element = holder;
    this.#onClose = onClose;
    this.#onCopy = onCopy;
    holder.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    });
  }

  get isOpen(): boolean {
    return !this.#element.hidden;
  }

  show({ strings, column, value, record, row }: DetailFacts): void {
    const wasOpen = this.isOpen;
    const head = element('div', 'detail-head');
    const title = element('div', 'detail-title', column.name);
    title.title = column.name;
    head.append(
      title,
      this.#button(strings.copyValue, icon('copy'), this.#onCopy),
      this.#button(strings.close, icon('close'), () => this.close()),
    );
    const text = document.createElement('pre');
    text.className = 'detail-value';
    text.tabIndex = 0;
    text.textContent = value === null || value === '' ? strings.noValue : readable(value);
    text.classList.toggle('none', value === null || value === '');
    const fields = document.createElement('dl');
    fields.className = 'detail-record';
    for (const [name, cell] of record) {
      if (cell === null || cell === '') continue;
      const term = document.createElement('dt');
      const path = document.createElement('bdi');
      path.textContent = name;
      term.append(path);
      term.title = name;
      const description = document.createElement('dd');
      description.textContent = cell;
      term.classList.toggle('current', name === column.name);
      fields.append(term, description);
    }
    const heading = element('div', 'detail-heading', `${strings.record} ${row.toLocaleString()}`);
    this.#element.ariaLabel = strings.detail;
    this.#element.replaceChildren(head, text, heading, fields);
    this.#element.hidden = false;
    if (!wasOpen) text.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.#element.hidden = true;
    this.#element.replaceChildren();
    this.#onClose();
  }

  #button(label: string, picture: HTMLElement, run: () => void): HTMLElement {
    const button = document.createElement('button');
    button.className = 'icon-button';
    button.ariaLabel = label;
    button.title = label;
    button.append(picture);
    button.addEventListener('click', run);
    return button;
  }
}
