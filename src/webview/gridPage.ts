import type { GridStrings, HostMessage } from '../core/table/gridMessages.ts';
import type { TableColumn, TableEvent } from '../core/table/tableService.ts';
import type { TextFormat } from '../core/table/tableText.ts';
import { CellDetail } from './cellDetail.ts';
import { CellSelection } from './cellSelection.ts';
import { columnChooser } from './columnChooser.ts';
import { columnMenu } from './columnMenu.ts';
import { displayName, GridLayout } from './gridLayout.ts';
import { pressKey } from './gridKeys.ts';
import { showEnd } from './endNote.ts';
import { GridMouse } from './gridMouse.ts';
import { fill, percent } from './gridText.ts';
import { HeaderCells } from './headerCells.ts';
import type { HostChannel } from './hostChannel.ts';
import type { PageParts } from './pageParts.ts';
import { Popup } from './popup.ts';
import { RecordGrid } from './recordGrid.ts';
import { RowBlocks } from './rowBlocks.ts';
import { RowChoices } from './rowChoices.ts';
import { Toolbar } from './toolbar.ts';

/** Milliseconds without a key before a filter that is being typed is asked for. */
const TYPING_PAUSE = 200;
/** Rows at both ends by which the widths of columns are made. */
const SAMPLE_ROWS = 40;

/** The page of one result: its parts, and how what is done in one shows in the others. */
export class GridPage {
  readonly #parts: PageParts;
  readonly #host: HostChannel;
  readonly #strings: GridStrings;
  readonly #layout: GridLayout;
  readonly #choices: RowChoices;
  readonly #selection = new CellSelection();
  readonly #blocks: RowBlocks;
  readonly #grid: RecordGrid;
  readonly #toolbar: Toolbar;
  readonly #popup = new Popup();
  readonly #detail: CellDetail;
  #records = 0;
  #seen = 0;
  /** Rows that are shown; undefined until the first answer. */
  #shownRows: number | undefined;
  #typing: number | undefined;
  #arranging = 0;
  #ended = false;

  constructor(parts: PageParts, host: HostChannel, strings: GridStrings) {
    this.#parts = parts;
    this.#host = host;
    this.#strings = strings;
    this.#layout = new GridLayout(textMeasure());
    this.#choices = new RowChoices(this.#layout);
    this.#blocks = new RowBlocks((from, to) => {
      const rows = host.window(from, to, this.#slots());
      rows.catch((error: unknown) => this.#showNote(error instanceof Error ? error.message : String(error)));
      return rows;
    });
    this.#grid = this.#makeGrid();
    this.#toolbar = new Toolbar(parts.toolbar, parts.progress, strings, {
      search: (text) => {
        this.#choices.search = text;
        this.#arrangeLater();
      },
      columns: (anchor) => this.#chooseColumns(anchor),
      leave: () => parts.table.focus(),
    });
    this.#detail = new CellDetail(
      parts.detail,
      () => {
        parts.table.focus();
        void this.#grid.draw();
      },
      () => void this.#copy('tsv', true),
    );
    if (parts.saved !== undefined) {
      this.#layout.restore(parts.saved.layout);
      this.#choices.restore(parts.saved.choices);
      this.#toolbar.search = this.#choices.search;
    }
  }

  /** What the extension tells by itself. */
  hear(message: Exclude<HostMessage, { kind: 'reply' | 'start' }>): void {
    if (message.kind === 'table') this.#hearTable(message.event);
    else if (message.kind === 'copy') void this.#copy(message.format);
    else if (message.kind === 'ended') this.#end(message);
    else this.#renew();
  }

  get #rows(): number {
    return this.#shownRows ?? this.#records;
  }

  #makeGrid(): RecordGrid {
    const { table } = this.#parts;
    const choices = this.#choices;
    const rows = (): number => this.#rows;
    const headers = new HeaderCells({
      strings: this.#strings,
      get sort() {
        return choices.sortKeys;
      },
      isFiltered: (slot) => choices.isFiltered(slot),
    });
    const source = {
      layout: this.#layout,
      selection: this.#selection,
      blocks: this.#blocks,
      get rows() {
        return rows();
      },
    };
    const grid = new RecordGrid(table, source, headers);
    table.ariaLabel = this.#strings.table;
    table.setAttribute('role', 'grid');
    table.ariaMultiSelectable = 'true';
    table.addEventListener('keydown', (event) => this.#press(event));
    new GridMouse(grid, this.#selection, this.#layout, {
      selected: () => this.#selected(false),
      open: () => void this.#openDetail(),
      sort: (column, more) => this.#toggleSort(column, more),
      menu: (column) => this.#openMenu(column),
      moveColumn: (column, target) => this.#moveColumn(column, target),
      resize: (column, width) => this.#resize(column, width),
      fit: (column) => void this.#fit(column),
    }).listen();
    new ResizeObserver(() => void grid.draw()).observe(table);
    document.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') this.#toolbar.focusSearch();
    });
    return grid;
  }

  #hearTable(event: TableEvent): void {
    if (event.kind === 'progress') {
      this.#toolbar.showProgress(event.done < 1 ? event.done : undefined, this.#strings.working);
      return;
    }
    const before = this.#layout.all.length;
    this.#records = event.records;
    this.#seen = event.seen;
    this.#layout.setColumns(event.columns);
    if (this.#arranging === 0) void this.#arrange();
    else if (this.#layout.all.length !== before) this.#renew();
    else this.#grid.mark();
    this.#showState();
  }

  #slots(): number[] {
    return this.#layout.shown.map(({ slot }) => slot);
  }

  #save(): void {
    this.#parts.save({ layout: this.#layout.state, choices: this.#choices.state });
  }

  /** Asks for the rows by what is chosen now. */
  async #arrange(): Promise<void> {
    clearTimeout(this.#typing);
    this.#save();
    this.#showChips();
    const round = ++this.#arranging;
    try {
      const arranged = await this.#host.arrange(this.#choices.arrangement);
      if (arranged === undefined || round !== this.#arranging) return;
      // Other rows are seen from their beginning; the first ones are there already.
      if (this.#shownRows !== undefined) this.#toTop();
      this.#shownRows = arranged.rows;
      this.#renew();
    } catch (error) {
      this.#showNote(error instanceof Error ? error.message : String(error));
    }
  }

  #toTop(): void {
    const { row, column } = this.#selection.active;
    this.#selection.goTo({ row: Math.min(row, 0), column });
    this.#parts.table.scrollTop = 0;
  }

  #arrangeLater(): void {
    clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => void this.#arrange(), TYPING_PAUSE);
  }

  /** Other rows, cells or columns: all that is drawn comes anew. */
  #renew(): void {
    this.#blocks.clear();
    this.#selection.resize(this.#rows, this.#layout.shown.length);
    void this.#host.layout(this.#slots());
    void this.#draw();
    this.#showState();
  }

  async #draw(): Promise<void> {
    const { shown } = this.#layout;
    const rows = this.#rows;
    const ends = [0, Math.max(SAMPLE_ROWS, rows - SAMPLE_ROWS)];
    const sample = await Promise.all(ends.map((from) => this.#blocks.rows(from, from + SAMPLE_ROWS, rows))).catch(
      () => [],
    );
    this.#layout.suggestWidths(shown, sample.flat());
    await this.#grid.draw();
    this.#parts.ready();
  }

  #showState(): void {
    const text = this.#strings;
    const rows = this.#rows;
    const all = this.#records.toLocaleString();
    const whole = this.#records === 1 ? text.oneRow : fill(text.rows, all);
    const counted = rows === this.#records ? whole : fill(text.rowsOf, rows.toLocaleString(), all);
    const reading = this.#seen < this.#records ? ` · ${fill(text.readingAll, percent(this.#seen, this.#records))}` : '';
    this.#toolbar.count = counted + reading;
    this.#showNote(this.#records === 0 ? text.noRecords : rows === 0 ? text.noMatch : '');
  }

  #showNote(note: string): void {
    if (this.#ended) return;
    this.#parts.note.textContent = note;
    this.#parts.note.hidden = note === '';
  }

  #end({ message, again }: Extract<HostMessage, { kind: 'ended' }>): void {
    this.#ended = true;
    const reopen = { label: this.#strings.openAgain, run: () => void this.#host.reopen() };
    showEnd(this.#parts.note, message, again ? reopen : undefined);
    this.#parts.announce(message);
  }

  #showChips(): void {
    const { removeFilter, clearFilters } = this.#strings;
    const chips = this.#choices.filters.map(([name, text]) => ({
      text: `${displayName(name)} ${text}`,
      label: removeFilter,
      remove: () => this.#filter(name, ''),
    }));
    const clear = (): void => {
      this.#choices.clearFilters();
      this.#toolbar.search = '';
      void this.#arrange();
    };
    const all = { text: clearFilters, label: clearFilters, remove: clear };
    this.#toolbar.showChips(chips.length > 1 ? [...chips, all] : chips);
  }

  #filter(name: string, text: string): void {
    this.#choices.setFilter(name, text);
    this.#arrangeLater();
  }

  #toggleSort(column: number, more: boolean): void {
    const name = this.#layout.shown[column]?.name;
    if (name !== undefined) this.#setSort(name, this.#choices.nextSort(name), more);
  }

  #setSort(name: string, descending: boolean | undefined, more: boolean): void {
    this.#choices.setSort(name, descending, more);
    const { unsorted, sortedDown, sortedUp } = this.#strings;
    this.#parts.announce(fill(descending === undefined ? unsorted : descending ? sortedDown : sortedUp, name));
    this.#grid.mark();
    void this.#arrange();
  }

  #openMenu(index: number): void {
    const column = this.#layout.shown[index];
    const anchor = this.#grid.cellAt(-1, index)?.getBoundingClientRect();
    if (!column || !anchor) return;
    const { name, slot } = column;
    const state = {
      column,
      records: this.#records,
      sorted: this.#choices.sortOf(name),
      pinned: this.#layout.isPinned(name),
      filter: this.#choices.filterOf(name),
    };
    const parts = columnMenu(this.#strings, state, {
      sort: (descending) => this.#setSort(name, descending, false),
      pin: (pinned) => this.#change(() => this.#layout.setPinned(name, pinned)),
      hide: () => this.#hide(name),
      move: (step) => this.#change(() => this.#layout.moveBy(name, step)),
      fit: () => void this.#fit(index),
      filter: (text) => this.#filter(name, text),
      summary: () => this.#host.summary(slot),
      close: () => this.#popup.close(),
    });
    this.#popup.open(anchor, name, parts, () => this.#parts.table.focus());
  }

  #chooseColumns(anchor: DOMRect): void {
    const parts = columnChooser(this.#strings, this.#layout, () => this.#change(() => undefined));
    this.#popup.open(anchor, this.#strings.columns, parts, () => this.#parts.table.focus());
  }

  #hide(name: string): void {
    this.#change(() => this.#layout.setHidden(name, true));
    this.#parts.announce(fill(this.#strings.hidden, name));
  }

  /** Changes the layout and draws it. */
  #change(change: () => void): void {
    change();
    this.#save();
    this.#renew();
  }

  /** Moves a column to the place of another; the active header goes with it. */
  #moveColumn(from: number, target: number): void {
    const { shown } = this.#layout;
    const [column, to] = [shown[from], shown[target]];
    if (!column || !to) return;
    this.#change(() => this.#layout.moveTo(column.name, to.name));
    const index = this.#layout.shown.findIndex(({ slot }) => slot === column.slot);
    this.#selection.goTo({ row: this.#selection.active.row, column: index });
    this.#selected(true);
    this.#parts.announce(fill(this.#strings.moved, column.name, index + 1));
  }

  #resize(column: number, width: number): void {
    const shown = this.#layout.shown[column];
    if (!shown) return;
    this.#layout.setWidth(shown.name, width);
    this.#save();
    void this.#grid.draw();
  }

  async #fit(column: number): Promise<void> {
    const shown = this.#layout.shown[column];
    if (!shown) return;
    const { first, last } = this.#grid.inView;
    this.#layout.fit(shown.name, column, await this.#blocks.rows(first, last + 1, this.#rows));
    this.#save();
    await this.#grid.draw();
  }

  #selected(reveal: boolean): void {
    if (reveal) this.#grid.reveal();
    this.#grid.mark();
    if (this.#detail.isOpen && this.#selection.active.row >= 0) void this.#openDetail();
  }

  #press(event: KeyboardEvent): void {
    const { active } = this.#selection;
    const column: TableColumn | undefined = this.#layout.shown[active.column];
    const done = pressKey(event, this.#selection, this.#grid.pageRows, this.#rows, {
      moved: () => this.#selected(true),
      activate: (more) => (active.row < 0 ? this.#toggleSort(active.column, more) : void this.#openDetail()),
      menu: () => this.#openMenu(active.column),
      copy: () => void this.#copy('tsv'),
      search: () => this.#toolbar.focusSearch(),
      moveColumn: (step) => this.#moveColumn(active.column, active.column + step),
      resizeColumn: (pixels) => column && this.#resize(active.column, this.#layout.widthOf(column) + pixels),
      escape: () => this.#detail.close(),
    });
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #copy(format: TextFormat, activeOnly = false): Promise<void> {
    const { top, bottom, left, right } = this.#selection.area;
    const { row, column } = this.#selection.active;
    const range = activeOnly
      ? { from: row, to: row + 1, slots: this.#slots().slice(column, column + 1) }
      : { from: top, to: bottom, slots: this.#slots().slice(left, right) };
    if (range.slots.length === 0 || row < 0) return;
    const { rows } = await this.#host.copy(range, format);
    const said = rows < range.to - range.from ? this.#strings.copiedPart : this.#strings.copied;
    this.#parts.announce(fill(said, rows.toLocaleString()));
  }

  async #openDetail(): Promise<void> {
    const { row, column: index } = this.#selection.active;
    const column = this.#layout.shown[index];
    if (column === undefined || row < 0) return;
    const { all } = this.#layout;
    const slots = all.map(({ slot }) => slot);
    const [value, rows] = await Promise.all([
      this.#host.cell(row, column.slot),
      this.#host.window(row, row + 1, slots),
    ]);
    const record = all.map(({ name }, at): [string, string | null] => [name, rows[0]?.[at] ?? null]);
    const wasOpen = this.#detail.isOpen;
    this.#detail.show({ strings: this.#strings, column, value, record, row: row + 1 });
    if (wasOpen) return;
    await this.#grid.draw();
    this.#grid.reveal();
  }
}

/** How wide a text is in the font of the page. */
function textMeasure(): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (text) => text.length * 8;
  context.font = getComputedStyle(document.body).font;
  return (text) => context.measureText(text).width;
}
