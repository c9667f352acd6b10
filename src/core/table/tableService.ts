import type { ColumnType } from './columnFacts.ts';
import type { ColumnSummary } from './columnSummary.ts';
import type { Arrangement } from './recordTable.ts';
import type { CellRange, TextFormat } from './tableText.ts';

/** A column as the page of the table shows it. */
export interface TableColumn {
  /** Names the column in all calls; never changes. */
  readonly slot: number;
  /** Its path with dots. */
  readonly name: string;
  readonly type: ColumnType;
  /** Records in which it is empty, of those that were looked at so far. */
  readonly empty: number;
}

/** What can be asked of the thread that reads the records. */
export interface TableService {
  /** Cells of the rows `from` up to `to`, shortened; null where there is no value. */
  window(from: number, to: number, slots: readonly number[]): Promise<(string | null)[][]>;
  /** Filters and sorts; undefined when another arrangement came before it was done. */
  arrange(arrangement: Arrangement): Promise<{ readonly rows: number } | undefined>;
  /** Undefined when another one was asked for before it was done. */
  summary(slot: number): Promise<ColumnSummary | undefined>;
  /** One cell, whole. */
  cell(row: number, slot: number): Promise<string | null>;
  /** Cells as text for the clipboard. */
  text(range: CellRange, format: TextFormat): Promise<{ readonly text: string; readonly rows: number }>;
}

/** What only the extension asks. */
export interface TableThread extends TableService {
  /** The records that are shown, in order; undefined when all are, as they came. */
  order(): Promise<Uint32Array | undefined>;
  /** Hides known personal fields, or shows them again. */
  hidePersonal(hide: boolean): Promise<void>;
}

/** What the thread tells by itself. */
export type TableEvent =
  | {
      readonly kind: 'columns';
      readonly columns: readonly TableColumn[];
      /** Records of the answer. */
      readonly records: number;
      /** Records that were looked at for types and late columns. */
      readonly seen: number;
    }
  /** Part of the running arrangement or summary that is done, from 0 to 1. */
  | { readonly kind: 'progress'; readonly done: number };

/** One call on its way. */
export interface TableCall {
  readonly id: number;
  readonly name: keyof TableThread;
  readonly args: readonly unknown[];
}

export type TableReply =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: string };
