import type { CellSelection } from './cellSelection.ts';
import type { GridLayout } from './gridLayout.ts';
import type { RecordGrid } from './recordGrid.ts';

export interface MouseActions {
  /** The selection changed. */
  selected(): void;
  open(): void;
  sort(column: number, more: boolean): void;
  menu(column: number): void;
  moveColumn(column: number, target: number): void;
  resize(column: number, width: number): void;
  fit(column: number): void;
}

/** Pixels that the pointer moves before a click on a header becomes a drag. */
const DRAG_START = 5;

/** Clicks and drags: cells are selected, headers sorted, moved and sized. */
export class GridMouse {
  readonly #grid: RecordGrid;
  readonly #selection: CellSelection;
  readonly #layout: GridLayout;
  readonly #actions: MouseActions;

  constructor(grid: RecordGrid, selection: CellSelection, layout: GridLayout, actions: MouseActions) {
    this.#grid = grid;
    this.#selection = selection;
    this.#layout = layout;
    this.#actions = actions;
  }

  listen(): void {
    const { element } = this.#grid;
    // Before the table itself hears of it, which would size columns in its own way.
    element.addEventListener('mousedown', (event) => this.#press(event), { capture: true });
    element.addEventListener('dblclick', (event) => this.#double(event));
  }

  #press(event: MouseEvent): void {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const place = this.#grid.placeOf(target);
    const inHead = target.closest('thead') !== null;
    if (target.closest('.rt-column-resize') !== null) {
      event.stopPropagation();
      event.preventDefault();
      if (place && event.button === 0) this.#resize(event, place.column);
      return;
    }
    if (inHead) {
      if (place && event.button === 0) this.#pressHeader(event, place.column, target);
      else if (place && event.button === 2) this.#actions.menu(place.column);
      return;
    }
    if (place) {
      // The menu of the editor comes for what is selected.
      if (event.button === 2 && this.#selection.has(place)) return;
      this.#selection.goTo(place, event.shiftKey && event.button === 0);
      this.#actions.selected();
      if (event.button === 0) this.#dragCells();
    } else this.#pressRowNumber(event, target);
  }

  #pressRowNumber(event: MouseEvent, target: Element): void {
    const cell = target.closest<HTMLElement>('tbody th');
    const row = cell ? this.#grid.element.getMeta(cell)?.y : undefined;
    if (row === undefined) return;
    this.#selection.selectRow(row, event.shiftKey);
    this.#actions.selected();
  }

  #dragCells(): void {
    this.#follow((event) => {
      const over = this.#grid.placeOf(event.target);
      if (!over || over.row < 0) return;
      this.#selection.goTo(over, true);
      this.#actions.selected();
    });
  }

  #pressHeader(event: MouseEvent, column: number, target: Element): void {
    event.preventDefault();
    this.#grid.element.focus();
    this.#selection.goTo({ row: -1, column });
    this.#actions.selected();
    if (target.closest('.header-menu') !== null) return this.#actions.menu(column);
    let dragged = false;
    let over = column;
    this.#follow(
      (move) => {
        dragged ||= Math.abs(move.clientX - event.clientX) > DRAG_START;
        if (!dragged) return;
        over = this.#grid.placeOf(move.target)?.column ?? over;
        document.body.classList.add('moving-column');
        this.#markTarget(over === column ? undefined : over, over > column);
      },
      () => {
        document.body.classList.remove('moving-column');
        this.#markTarget(undefined, false);
        if (dragged) this.#actions.moveColumn(column, over);
        else this.#actions.sort(column, event.shiftKey);
      },
    );
  }

  #markTarget(column: number | undefined, after: boolean): void {
    for (const marked of this.#grid.element.querySelectorAll('.drop-before, .drop-after')) {
      marked.classList.remove('drop-before', 'drop-after');
    }
    if (column !== undefined) this.#grid.cellAt(-1, column)?.classList.add(after ? 'drop-after' : 'drop-before');
  }

  #resize(event: MouseEvent, column: number): void {
    const shown = this.#layout.shown[column];
    if (!shown) return;
    const before = this.#layout.widthOf(shown);
    this.#follow((move) => this.#actions.resize(column, before + move.clientX - event.clientX));
  }

  #double(event: MouseEvent): void {
    const { target } = event;
    const place = this.#grid.placeOf(target);
    if (!place || !(target instanceof Element)) return;
    if (target.closest('.rt-column-resize') !== null) this.#actions.fit(place.column);
    else if (place.row >= 0) this.#actions.open();
  }

  /** Follows the pointer until its button is up. */
  #follow(move: (event: MouseEvent) => void, done: () => void = () => undefined): void {
    const ended = new AbortController();
    const { signal } = ended;
    document.addEventListener('mousemove', move, { signal });
    document.addEventListener(
      'mouseup',
      () => {
        ended.abort();
        done();
      },
      { signal },
    );
  }
}
