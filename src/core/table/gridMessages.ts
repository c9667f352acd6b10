import type { TableEvent, TableReply, TableService } from './tableService.ts';
import type { CellRange, TextFormat } from './tableText.ts';

/** What the page of the table asks of the extension. */
export interface GridHost extends Omit<TableService, 'text'> {
  /** Puts cells on the clipboard; `rows` may be fewer than asked for when it would be too much. */
  copy(range: CellRange, format: TextFormat): Promise<{ readonly rows: number }>;
  /** Tells which columns are shown, in order: an export writes these. */
  layout(slots: readonly number[]): Promise<void>;
  /** Reads the records anew, after their reader ended. */
  reopen(): Promise<void>;
}

export interface GridCall {
  readonly kind: 'call';
  readonly id: number;
  readonly name: keyof GridHost;
  readonly args: readonly unknown[];
}

/** From the page to the extension. */
export type PageMessage = { readonly kind: 'ready' } | GridCall;

/** From the extension to the page. */
export type HostMessage =
  | {
      /** A result to show; another one replaces it. */
      readonly kind: 'start';
      readonly strings: GridStrings;
      /** Tags of languages, for numbers. */
      readonly language: string;
    }
  | { readonly kind: 'table'; readonly event: TableEvent }
  | { readonly kind: 'reply'; readonly reply: TableReply }
  /** The cells read another way now: hidden fields. */
  | { readonly kind: 'refresh' }
  | { readonly kind: 'copy'; readonly format: TextFormat }
  /** Nothing more can be read; `again`: it may be tried once more. */
  | { readonly kind: 'ended'; readonly message: string; readonly again: boolean };

/** The visible texts of the page, in the language of the editor. */
export interface GridStrings {
  readonly table: string;
  readonly search: string;
  readonly columns: string;
  readonly findColumn: string;
  readonly showAll: string;
  readonly resetColumns: string;
  readonly clearFilters: string;
  /** `{0} rows` */
  readonly rows: string;
  /** `{0} of {1} rows` */
  readonly oneRow: string;
  readonly rowsOf: string;
  readonly noRecords: string;
  readonly noMatch: string;
  readonly openAgain: string;
  readonly working: string;
  readonly readingAll: string;
  readonly rowNumber: string;
  readonly columnMenu: string;
  readonly sortAscending: string;
  readonly sortDescending: string;
  readonly removeSort: string;
  readonly pin: string;
  readonly unpin: string;
  readonly hide: string;
  readonly moveLeft: string;
  readonly moveRight: string;
  readonly fitWidth: string;
  readonly filter: string;
  readonly filterHelp: string;
  readonly removeFilter: string;
  readonly summary: string;
  readonly counting: string;
  readonly types: Readonly<Record<'empty' | 'number' | 'date' | 'boolean' | 'list' | 'text', string>>;
  /** `{0} empty` */
  readonly emptyShare: string;
  /** `{0} different values` */
  readonly distinct: string;
  readonly least: string;
  readonly most: string;
  readonly frequent: string;
  readonly detail: string;
  readonly record: string;
  readonly copyValue: string;
  readonly close: string;
  readonly noValue: string;
  /** `{0} rows copied` */
  readonly copied: string;
  /** `Only the first {0} rows were copied. Export the result to get all.` */
  readonly copiedPart: string;
  /** `Sorted by {0}, ascending` */
  readonly sortedUp: string;
  readonly sortedDown: string;
  readonly unsorted: string;
  readonly hidden: string;
  readonly moved: string;
}
