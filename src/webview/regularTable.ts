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

/**
 * Where the library keeps the widths by which it finds the column at a place of the scroll bar. It measures only what
 * was drawn and takes 60 pixels for the others: whoever knows all widths can tell it. Its name there is a short one
 * that may change; when it is not found, far columns are reached in more than one step.
 */
export function measuredWidths(table: RegularTableElement): { indices: number[] } | undefined {
  const parts: unknown[] = Object.values(table);
  return parts.find((part): part is { indices: number[] } => {
    return typeof part === 'object' && part !== null && 'indices' in part && 'override' in part;
  });
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
  restoreColumnSizes(widths: Readonly<Record<number, number>>): void;
}
