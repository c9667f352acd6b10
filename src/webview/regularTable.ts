/** The part of `regular-table` that is used; its own declarations name things that do not check strictly. */
export interface CellMetadata {
  /** Index of the column among those that scroll. */
  readonly x?: number;
  readonly y?: number;
  /** Index of the column among those that stay. */
  readonly row_header_x?: number;
}

export interface DataResponse {
  readonly num_rows: number;
  readonly num_columns: number;
  readonly num_row_headers: number;
  readonly num_column_headers: number;
  readonly row_height: number;
  readonly merge_headers: 'both' | 'row' | 'column';
  /** Column by column. */
  readonly data: readonly (readonly string[])[];
  readonly column_headers: readonly (readonly HTMLElement[])[];
  readonly row_headers: readonly (readonly string[])[];
}

export interface RegularTableElement extends HTMLElement {
  setDataListener(
    listener: (x0: number, y0: number, x1: number, y1: number) => Promise<DataResponse>,
    options: { readonly virtual_mode: 'both' },
  ): void;
  addStyleListener(listener: () => void): void;
  draw(options: { readonly invalid_viewport: boolean }): Promise<void>;
  getMeta(cell: HTMLElement): CellMetadata | undefined;
  resetAutoSize(what: Readonly<Record<'auto' | 'override' | 'indices' | 'row_height', boolean>>): void;
  /** By which the library finds the column at a place of the scroll bar; it measures only what was drawn. */
  readonly _column_sizes: { indices: number[] };
  restoreColumnSizes(widths: Readonly<Record<number, number>>): void;
}
