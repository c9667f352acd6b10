import type { ColumnSummary } from '../core/table/columnSummary.ts';
import type { GridStrings } from '../core/table/gridMessages.ts';
import type { TableColumn } from '../core/table/tableService.ts';
import { fill, percent } from './gridText.ts';

export interface ColumnState {
  readonly column: TableColumn;
  readonly records: number;
  readonly sorted: 'ascending' | 'descending' | undefined;
  readonly pinned: boolean;
  readonly filter: string;
}

export interface ColumnActions {
  sort(descending: boolean | undefined): void;
  pin(pinned: boolean): void;
  hide(): void;
  move(step: -1 | 1): void;
  fit(): void;
  filter(text: string): void;
  /** Undefined when another one was asked for meanwhile. */
  summary(): Promise<ColumnSummary | undefined>;
  close(): void;
}

/** What can be done with a column, its filter, and what its values are. */
export function columnMenu(strings: GridStrings, state: ColumnState, actions: ColumnActions): Node[] {
  const { column, records, sorted, pinned } = state;
  const title = element('div', 'popup-title', column.name);
  const share = column.empty === 0 ? '' : ` · ${fill(strings.emptyShare, percent(column.empty, records))}`;
  const facts = element('div', 'popup-facts', `${strings.types[column.type]}${share}`);
  const act = (label: string, run: () => void, checked?: boolean): HTMLElement => {
    const button = document.createElement('button');
    button.className = 'popup-action';
    button.textContent = label;
    if (checked !== undefined) button.ariaPressed = String(checked);
    button.addEventListener('click', () => {
      actions.close();
      run();
    });
    return button;
  };
  return [
    title,
    facts,
    filterBox(strings, state.filter, actions),
    separator(),
    act(strings.sortAscending, () => actions.sort(false), sorted === 'ascending'),
    act(strings.sortDescending, () => actions.sort(true), sorted === 'descending'),
    ...(sorted === undefined ? [] : [act(strings.removeSort, () => actions.sort(undefined))]),
    separator(),
    pinned ? act(strings.unpin, () => actions.pin(false)) : act(strings.pin, () => actions.pin(true)),
    act(strings.hide, () => actions.hide()),
    act(strings.moveLeft, () => actions.move(-1)),
    act(strings.moveRight, () => actions.move(1)),
    act(strings.fitWidth, () => actions.fit()),
    separator(),
    summaryPart(strings, actions),
  ];
}

function filterBox(strings: GridStrings, text: string, actions: ColumnActions): HTMLElement {
  const box = element('div', 'popup-filter');
  const input = document.createElement('input');
  input.type = 'text';
  input.value = text;
  input.spellcheck = false;
  input.placeholder = strings.filter;
  input.ariaLabel = strings.filter;
  input.setAttribute('aria-describedby', 'filter-help');
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    actions.close();
  });
  input.addEventListener('input', () => actions.filter(input.value));
  const help = element('div', 'popup-help', strings.filterHelp);
  help.id = 'filter-help';
  box.append(input, help);
  return box;
}

function summaryPart(strings: GridStrings, actions: ColumnActions): HTMLElement {
  const part = element('div', 'popup-summary');
  part.ariaLive = 'polite';
  part.append(element('div', 'popup-help', strings.counting));
  actions.summary().then(
    (summary) => summary && part.replaceChildren(...summaryLines(strings, summary, actions)),
    (error: unknown) => part.replaceChildren(element('div', 'popup-help', String(error))),
  );
  return part;
}

function summaryLines(strings: GridStrings, summary: ColumnSummary, actions: ColumnActions): Node[] {
  const { distinct, empty, rows, least, most, frequent } = summary;
  const lines: Node[] = [
    element('div', 'popup-facts', fill(strings.distinct, distinct.toLocaleString())),
    element('div', 'popup-facts', fill(strings.emptyShare, percent(empty, rows))),
  ];
  if (least !== undefined && most !== undefined && distinct > 1) {
    lines.push(fact(strings.least, least), fact(strings.most, most));
  }
  if (frequent.length > 0) lines.push(element('div', 'popup-heading', strings.frequent));
  for (const { value, rows: times } of frequent) {
    const button = document.createElement('button');
    button.className = 'popup-value';
    const share = element('span', 'popup-share', percent(times, rows));
    button.append(element('span', 'popup-text', value), share);
    button.addEventListener('click', () => {
      actions.close();
      actions.filter(`=${value}`);
    });
    lines.push(button);
  }
  return lines;
}

function fact(name: string, value: string): HTMLElement {
  const line = element('div', 'popup-fact');
  line.append(element('span', 'popup-name', name), element('span', 'popup-text', value));
  return line;
}

export function element(tag: 'div' | 'span', className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function separator(): HTMLElement {
  return element('div', 'popup-separator');
}
