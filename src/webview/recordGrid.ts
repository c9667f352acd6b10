import 'regular-table';
import { measuredWidths, type CellMetadata, type DataResponse, type RegularTableElement } from './regularTable.ts';
import type { TableColumn } from '../core/table/tableService.ts';
import type { CellSelection } from './cellSelection.ts';
import type { GridLayout } from './gridLayout.ts';
import type { HeaderCells } from './headerCells.ts';
import type { Row, RowBlocks } from './rowBlocks.ts';

/** Height of a row and of the header, in CSS pixels: that of the lists of the editor. */
export const ROW_HEIGHT = 22;
const NUMBER_WIDTH_LEAST = 48;
const DIGIT_WIDTH = 8;

export interface GridSource {
  readonly layout: GridLayout;
  readonly selection: CellSelection;
  readonly blocks: RowBlocks;
  /** Rows that are shown. */
  readonly rows: number;
}

/**
 * Draws the rows that are in view with a virtual table, and says to assistive technology where they stand in the
 * whole. The first columns, the number of the row and pinned ones, stay in place while the others scroll.
 */
export class RecordGrid {
  readonly element: RegularTableElement;
  readonly headers: HeaderCells;
  readonly #source: GridSource;
  #columns: readonly TableColumn[] = [];
  #pinned = 0;
  /** Scrolled pixels that are less than one of the scaled scroll bar. */
  #wheelRest = 0;

  constructor(element: RegularTableElement, source: GridSource, headers: HeaderCells) {
    this.element = element;
    this.headers = headers;
    this.#source = source;
    element.setDataListener((x0, y0, x1, y1) => this.#view(x0, y0, x1, y1), { virtual_mode: 'both' });
    element.addStyleListener(() => this.#decorate());
    element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  /** Draws anew: other rows, columns, widths or marks. */
  async draw(): Promise<void> {
    const { layout } = this.#source;
    this.#columns = layout.shown;
    this.#pinned = layout.pinnedCount;
    const widths = [this.#numberWidth(), ...this.#columns.map((column) => layout.widthOf(column))];
    this.element.resetAutoSize({ auto: true, indices: true, override: true, row_height: false });
    this.element.restoreColumnSizes(Object.fromEntries(widths.entries()));
    const measured = measuredWidths(this.element);
    if (measured) measured.indices = widths;
    await this.element.draw({ invalid_viewport: true });
  }

  /** Marks the selection in what is drawn already. */
  mark(): void {
    this.#decorate();
  }

  /** The rows that are in view as a whole. */
  get inView(): { readonly first: number; readonly last: number } {
    const visible = this.#visibleRows();
    const first = this.#rowAt(this.element.scrollTop);
    return { first: Math.ceil(first), last: Math.floor(first + visible) - 1 };
  }

  /** Rows that fit into the view. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#visibleRows()) - 1);
  }

  /** Scrolls so far that the active cell is in view. */
  reveal(): void {
    const { row, column } = this.#source.selection.active;
    if (row >= 0) {
      const { first, last } = this.inView;
      if (row < first) this.#scrollToRow(row);
      else if (row > last) this.#scrollToRow(row - Math.floor(this.#visibleRows()) + 1, true);
    }
    this.#revealColumn(column);
  }

  /** The place of a drawn cell; undefined for what is none. */
  placeOf(target: EventTarget | null): { readonly row: number; readonly column: number } | undefined {
    const cell = target instanceof Element ? target.closest<HTMLElement>('td, th') : null;
    const meta = cell && this.element.getMeta(cell);
    if (!meta) return undefined;
    const column = this.#columnOf(meta);
    return column === undefined ? undefined : { row: meta.y ?? -1, column };
  }

  /** The drawn cell at a place. */
  cellAt(row: number, column: number): HTMLElement | undefined {
    return [...this.element.querySelectorAll<HTMLElement>('td, th')].find((cell) => {
      const place = this.placeOf(cell);
      return place?.row === row && place.column === column;
    });
  }

  async #view(x0: number, y0: number, x1: number, y1: number): Promise<DataResponse> {
    const { rows, blocks } = this.#source;
    const columns = this.#columns;
    const pinned = this.#pinned;
    const scrolled = columns.slice(pinned);
    const size = {
      num_rows: rows,
      num_columns: scrolled.length,
      num_row_headers: pinned + 1,
      num_column_headers: 1,
      row_height: ROW_HEIGHT,
      merge_headers: 'column' as const,
    };
    const shown = scrolled.slice(x0, x1);
    const column_headers = shown.map((column) => [this.headers.of(column)]);
    if (y1 <= y0) return { ...size, data: shown.map(() => []), column_headers, row_headers: [] };
    const block: Row[] = await blocks.rows(y0, y1, rows);
    return {
      ...size,
      column_headers,
      row_headers: block.map((row, at) => [(y0 + at + 1).toLocaleString(), ...row.slice(0, pinned).map(plain)]),
      data: shown.map((_, index) => block.map((row) => plain(row[pinned + x0 + index]))),
    };
  }

  #decorate(): void {
    const { selection, rows } = this.#source;
    const { element } = this;
    const columns = this.#columns;
    element.setAttribute('aria-rowcount', String(rows + 1));
    element.setAttribute('aria-colcount', String(columns.length + 1));
    element.querySelector('table')?.setAttribute('role', 'presentation');
    for (const part of element.querySelectorAll('thead, tbody')) part.setAttribute('role', 'rowgroup');
    let active: HTMLElement | undefined;
    for (const line of element.querySelectorAll('tr')) {
      line.setAttribute('role', 'row');
      for (const cell of line.querySelectorAll<HTMLElement>('td, th')) {
        const meta = element.getMeta(cell);
        if (!meta) continue;
        const index = this.#columnOf(meta);
        const column = index === undefined ? undefined : columns[index];
        cell.setAttribute('aria-colindex', String((index ?? -1) + 2));
        cell.removeAttribute('id');
        if (meta.y === undefined || line.parentElement?.tagName === 'THEAD') {
          line.setAttribute('aria-rowindex', '1');
          this.headers.decorate(cell, column, index !== undefined && index < this.#pinned);
          if (index !== undefined && selection.active.row < 0 && selection.active.column === index) active = cell;
          cell.classList.toggle('active', active === cell);
          continue;
        }
        line.setAttribute('aria-rowindex', String(meta.y + 2));
        this.#decorateCell(cell, meta.y, index, column);
        if (index !== undefined && selection.active.row === meta.y && selection.active.column === index) active = cell;
        cell.classList.toggle('active', active === cell);
      }
    }
    if (active) {
      active.id = 'active-cell';
      element.setAttribute('aria-activedescendant', active.id);
    } else element.removeAttribute('aria-activedescendant');
  }

  #decorateCell(cell: HTMLElement, row: number, index: number | undefined, column: TableColumn | undefined): void {
    const isNumber = index === undefined;
    const selected = !isNumber && this.#source.selection.has({ row, column: index });
    cell.setAttribute('role', isNumber ? 'rowheader' : 'gridcell');
    cell.setAttribute('aria-selected', String(selected));
    cell.classList.toggle('selected', selected);
    cell.classList.toggle('row-number', isNumber);
    cell.classList.toggle('pinned', !isNumber && index < this.#pinned);
    cell.classList.toggle('last-pinned', index !== undefined && index === this.#pinned - 1);
    cell.classList.toggle('number', column?.type === 'number');
    cell.classList.toggle('list', column?.type === 'list');
    cell.classList.toggle('even', row % 2 === 1);
  }

  /** The index among the shown columns; undefined for the number of the row. */
  #columnOf(meta: CellMetadata): number | undefined {
    if (meta.x !== undefined && meta.x >= 0) return this.#pinned + meta.x;
    const header = meta.row_header_x ?? 0;
    return header === 0 ? undefined : header - 1;
  }

  #numberWidth(): number {
    return Math.max(NUMBER_WIDTH_LEAST, this.#source.rows.toLocaleString().length * DIGIT_WIDTH + 16);
  }

  #clipHeight(): number {
    return this.element.clientHeight;
  }

  #visibleRows(): number {
    return this.#clipHeight() / ROW_HEIGHT - 1;
  }

  /** Rows that can be scrolled past, and the pixels that this takes: a very long table is scaled to what browsers can. */
  #scrolling(): { readonly rows: number; readonly pixels: number } {
    return {
      rows: Math.max(0, this.#source.rows - this.#visibleRows()),
      pixels: Math.max(1, this.element.scrollHeight - this.#clipHeight()),
    };
  }

  #rowAt(scrollTop: number): number {
    const { rows, pixels } = this.#scrolling();
    return (rows * scrollTop) / pixels;
  }

  #scrollToRow(row: number, roundUp = false): void {
    const { rows, pixels } = this.#scrolling();
    if (rows === 0) return;
    const pixel = (Math.max(0, Math.min(row, rows)) / rows) * pixels;
    // Where a pixel of the bar is more than a row, the row has to be on the right side of it.
    this.element.scrollTop = roundUp ? Math.ceil(pixel) : Math.floor(pixel);
  }

  #revealColumn(column: number): void {
    const { layout } = this.#source;
    if (column < this.#pinned) return;
    const widths = this.#columns.map((shown) => layout.widthOf(shown));
    const sum = (from: number, to: number): number => widths.slice(from, to).reduce((total, width) => total + width, 0);
    const left = sum(this.#pinned, column);
    const room = this.element.clientWidth - this.#numberWidth() - sum(0, this.#pinned);
    const right = left + (widths[column] ?? 0);
    if (left < this.element.scrollLeft) this.element.scrollLeft = left;
    else if (right > this.element.scrollLeft + room) this.element.scrollLeft = Math.min(left, Math.ceil(right - room));
  }

  /** A turn of the wheel moves as many rows in a scaled table as in any other. */
  #wheel(event: WheelEvent): void {
    const { rows, pixels } = this.#scrolling();
    const scale = (rows * ROW_HEIGHT) / pixels;
    if (scale <= 1.01 || event.deltaY === 0 || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const turned = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * ROW_HEIGHT : event.deltaY;
    this.#wheelRest += turned / scale;
    const whole = Math.trunc(this.#wheelRest);
    this.#wheelRest -= whole;
    this.element.scrollTop += whole;
    if (event.deltaX !== 0) this.element.scrollLeft += event.deltaX;
  }
}

/** Line ends and tabs would look like spaces: they are shown as signs. */
function plain(text: string | null | undefined): string {
  return text === null || text === undefined ? '' : text.replace(/\r\n|\r|\n/g, '↵').replace(/\t/g, '⇥');
}
