import type { TableColumn } from '../core/table/tableService.ts';

/** What is kept of a layout while its page is hidden, and when the request is run again: by names, not by slots. */
export interface LayoutState {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  readonly pinned: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
}

const LEAST_WIDTH = 40;
const MOST_WIDTH = 1200;
/** Widest column that is made without being asked for. */
const USUAL_WIDTH = 280;
/** Room for the mark of a sorted header. */
const HEADER_ROOM = 34;
const CELL_ROOM = 22;

/** Which columns are shown, where, and how wide. Pinned ones come first. */
export class GridLayout {
  readonly #measure: (text: string) => number;
  #columns: readonly TableColumn[] = [];
  #order: string[] = [];
  readonly #hidden = new Set<string>();
  readonly #pinned = new Set<string>();
  readonly #widths = new Map<string, number>();
  /** Widths that follow from what was seen of the cells. */
  readonly #usual = new Map<string, number>();

  /** @param measure how wide a text is, in CSS pixels. */
  constructor(measure: (text: string) => number) {
    this.#measure = measure;
  }

  restore({ order, hidden, pinned, widths }: LayoutState): void {
    this.reset();
    this.#order = [...order];
    this.setColumns(this.#columns);
    for (const name of hidden) this.#hidden.add(name);
    for (const name of pinned) this.#pinned.add(name);
    for (const [name, width] of Object.entries(widths)) this.#widths.set(name, width);
  }

  get state(): LayoutState {
    return {
      order: this.#order,
      hidden: [...this.#hidden],
      pinned: [...this.#pinned],
      widths: Object.fromEntries(this.#widths),
    };
  }

  reset(): void {
    this.#order = [];
    this.#hidden.clear();
    this.#pinned.clear();
    this.#widths.clear();
    this.setColumns(this.#columns);
  }

  /** Takes the columns as they are known now; new ones come after those that are there. */
  setColumns(columns: readonly TableColumn[]): void {
    this.#columns = columns;
    const known = new Set(this.#order);
    for (const { name } of columns) if (!known.has(name)) this.#order.push(name);
  }

  /** All columns, hidden ones too, in the order in which they would be shown. */
  get all(): readonly TableColumn[] {
    const byName = new Map(this.#columns.map((column) => [column.name, column]));
    const ordered = this.#order.flatMap((name) => byName.get(name) ?? []);
    return [
      ...ordered.filter(({ name }) => this.#pinned.has(name)),
      ...ordered.filter(({ name }) => !this.#pinned.has(name)),
    ];
  }

  /** The columns that are shown. */
  get shown(): readonly TableColumn[] {
    return this.all.filter(({ name }) => !this.#hidden.has(name));
  }

  /** How many of the shown columns are pinned. */
  get pinnedCount(): number {
    return this.shown.filter(({ name }) => this.#pinned.has(name)).length;
  }

  columnOf(name: string): TableColumn | undefined {
    return this.#columns.find((column) => column.name === name);
  }

  isHidden(name: string): boolean {
    return this.#hidden.has(name);
  }

  isPinned(name: string): boolean {
    return this.#pinned.has(name);
  }

  setHidden(name: string, hidden: boolean): void {
    if (hidden) this.#hidden.add(name);
    else this.#hidden.delete(name);
  }

  showAll(): void {
    this.#hidden.clear();
  }

  setPinned(name: string, pinned: boolean): void {
    if (pinned) this.#pinned.add(name);
    else this.#pinned.delete(name);
  }

  /** Moves a column to where another one is; pinned and other columns do not mix. */
  moveTo(name: string, target: string): boolean {
    if (name === target || this.#pinned.has(name) !== this.#pinned.has(target)) return false;
    const from = this.#order.indexOf(name);
    const to = this.#order.indexOf(target);
    if (from < 0 || to < 0) return false;
    this.#order.splice(from, 1);
    this.#order.splice(to, 0, name);
    return true;
  }

  /** Moves a column past its shown neighbour. */
  moveBy(name: string, step: -1 | 1): boolean {
    const { shown } = this;
    const neighbour = shown[shown.findIndex((column) => column.name === name) + step];
    return neighbour !== undefined && this.moveTo(name, neighbour.name);
  }

  widthOf({ name }: TableColumn): number {
    return this.#widths.get(name) ?? this.#usual.get(name) ?? this.#headerWidth(name);
  }

  setWidth(name: string, width: number): void {
    this.#widths.set(name, Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width))));
  }

  /** Makes columns that nobody sized wide enough for these cells, up to a limit. True when something changed. */
  suggestWidths(shown: readonly TableColumn[], rows: readonly (readonly (string | null)[])[]): boolean {
    let changed = false;
    for (const [index, { name }] of shown.entries()) {
      if (this.#usual.has(name) || rows.length === 0) continue;
      this.#usual.set(name, Math.min(USUAL_WIDTH, this.#fittingWidth(name, rows, index)));
      changed = true;
    }
    return changed;
  }

  /** As wide as these cells need. */
  fit(name: string, index: number, rows: readonly (readonly (string | null)[])[]): void {
    this.setWidth(name, this.#fittingWidth(name, rows, index));
  }

  #fittingWidth(name: string, rows: readonly (readonly (string | null)[])[], index: number): number {
    let most = 0;
    for (const row of rows) most = Math.max(most, this.#measure(row[index] ?? ''));
    return Math.ceil(Math.max(this.#headerWidth(name), most + CELL_ROOM));
  }

  #headerWidth(name: string): number {
    return Math.ceil(Math.min(USUAL_WIDTH, this.#measure(displayName(name)) + HEADER_ROOM));
  }
}

/** A path without what every column of a table API or of extension data has in front. */
export function displayName(name: string): string {
  return name.replace(/^(?:tables\.[^.]+\.|_extension_data\.)(?=.)/, '');
}
