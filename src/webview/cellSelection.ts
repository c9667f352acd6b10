/** A cell by its place on the screen: the row and the shown column. Row -1 is the header. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface SelectedArea {
  readonly top: number;
  /** Not one of them. */
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The active cell and the rectangle from where the selection began to it. */
export class CellSelection {
  #active: Place = { row: 0, column: 0 };
  #anchor: Place = this.#active;
  #rows = 0;
  #columns = 0;

  /** The size of the table; what lies outside comes inside. */
  resize(rows: number, columns: number): void {
    this.#rows = rows;
    this.#columns = columns;
    this.#active = this.#inside(this.#active);
    this.#anchor = this.#inside(this.#anchor);
  }

  get active(): Place {
    return this.#active;
  }

  /** Goes to a cell; `extend` keeps where the selection began. */
  goTo(place: Place, extend = false): void {
    this.#active = this.#inside(place);
    if (!extend || this.#active.row < 0) this.#anchor = this.#active;
  }

  moveBy(rows: number, columns: number, extend = false): void {
    const { row, column } = this.#active;
    // A selection never grows into the header.
    const next = extend ? Math.max(0, row + rows) : row + rows;
    this.goTo({ row: next, column: column + columns }, extend);
  }

  /** Whole rows, from where the selection began when `extend`. */
  selectRow(row: number, extend: boolean): void {
    const from = extend ? this.#anchor.row : row;
    this.#anchor = this.#inside({ row: from, column: 0 });
    this.#active = this.#inside({ row, column: this.#columns - 1 });
  }

  selectAll(): void {
    this.#anchor = this.#inside({ row: 0, column: 0 });
    this.#active = this.#inside({ row: this.#rows - 1, column: this.#columns - 1 });
  }

  get area(): SelectedArea {
    const [a, b] = [this.#active, this.#anchor];
    return {
      top: Math.max(0, Math.min(a.row, b.row)),
      bottom: Math.max(a.row, b.row) + 1,
      left: Math.min(a.column, b.column),
      right: Math.max(a.column, b.column) + 1,
    };
  }

  has({ row, column }: Place): boolean {
    const { top, bottom, left, right } = this.area;
    return row >= top && row < bottom && column >= left && column < right;
  }

  #inside({ row, column }: Place): Place {
    return {
      row: Math.max(-1, Math.min(row, this.#rows - 1)),
      column: Math.max(0, Math.min(column, this.#columns - 1)),
    };
  }
}
