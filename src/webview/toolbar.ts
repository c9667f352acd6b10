import type { GridStrings } from '../core/table/gridMessages.ts';
import { element } from './columnMenu.ts';
import { icon } from './icons.ts';

export interface ToolbarActions {
  search(text: string): void;
  columns(anchor: DOMRect): void;
  /** From the search box down into the table. */
  leave(): void;
}

/** A filter or sort that is in force, as a small button that takes it away. */
export interface Chip {
  readonly text: string;
  readonly label: string;
  remove(): void;
}

/** Above the table: search, what is in force, how many rows, columns. */
export class Toolbar {
  readonly #input = document.createElement('input');
  readonly #count = element('div', 'count');
  readonly #chips = element('div', 'chips');
  readonly #bar: HTMLElement;

  constructor(holder: HTMLElement, bar: HTMLElement, strings: GridStrings, actions: ToolbarActions) {
    this.#bar = bar;
    const input = this.#input;
    input.type = 'text';
    input.placeholder = strings.search;
    input.ariaLabel = strings.search;
    input.spellcheck = false;
    input.addEventListener('input', () => actions.search(input.value));
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && input.value !== '') {
        input.value = '';
        actions.search('');
      } else if (event.key === 'ArrowDown' || event.key === 'Enter' || event.key === 'Escape') {
        event.preventDefault();
        actions.leave();
      }
    });
    const search = element('div', 'search');
    search.append(icon('search'), input);
    const columns = document.createElement('button');
    columns.className = 'tool';
    columns.append(icon('columns'), strings.columns);
    columns.addEventListener('click', () => actions.columns(columns.getBoundingClientRect()));
    this.#count.setAttribute('role', 'status');
    holder.replaceChildren(search, this.#chips, this.#count, columns);
  }

  focusSearch(): void {
    this.#input.focus();
    this.#input.select();
  }

  set search(text: string) {
    if (this.#input.value !== text) this.#input.value = text;
  }

  set count(text: string) {
    if (this.#count.textContent !== text) this.#count.textContent = text;
  }

  showChips(chips: readonly Chip[]): void {
    const buttons = chips.map((chip) => {
      const { text, label } = chip;
      const button = document.createElement('button');
      button.className = 'chip';
      button.title = label;
      button.ariaLabel = `${text}: ${label}`;
      button.append(element('span', 'chip-text', text), icon('close'));
      button.addEventListener('click', () => chip.remove());
      return button;
    });
    this.#chips.replaceChildren(...buttons);
  }

  /** @param done from 0 to 1; undefined when nothing is under way. */
  showProgress(done: number | undefined, label: string): void {
    this.#bar.hidden = done === undefined;
    if (done === undefined) return;
    this.#bar.ariaLabel = label;
    this.#bar.ariaValueNow = String(Math.round(done * 100));
    this.#bar.style.setProperty('--done', String(done));
  }
}
