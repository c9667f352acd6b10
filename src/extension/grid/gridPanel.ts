import { randomBytes } from 'node:crypto';
import { Uri, env, l10n, window, type Disposable, type ViewColumn, type WebviewPanel } from 'vscode';
import type { GridCall, GridHost, HostMessage, PageMessage } from '../../core/table/gridMessages.ts';
import { batchesOf } from '../../core/records/recordSource.ts';
import { OUTPUT_PROBLEMS } from '../../core/output/outputProblems.ts';
import type { RecordBatch } from '../../core/output/recordBatch.ts';
import { explain } from '../../core/problem/explainedError.ts';
import type { TableEvent } from '../../core/table/tableService.ts';
import type { CellRange, TextFormat } from '../../core/table/tableText.ts';
import type { BodyStore, Hold } from '../response/bodyStore.ts';
import type { ResponseView } from '../response/responseView.ts';
import { gridHtml } from './gridHtml.ts';
import { gridStrings } from './gridStrings.ts';
import { TableClient } from './tableClient.ts';

export const GRID_VIEW_TYPE = 'powerschool.grid';

/** The records of a table as it is shown: filtered, sorted, with these columns. */
export interface ShownRecords {
  readonly view: ResponseView;
  /** In blocks, in the order of the table. */
  readonly batches: AsyncIterable<RecordBatch>;
  readonly count: number;
  /** Names of the columns that are shown, in order. */
  readonly columns: readonly string[];
  /** All columns are shown, in their first order. */
  readonly allColumns: boolean;
}

export interface GridPanelOptions {
  readonly view: ResponseView;
  readonly bodies: BodyStore;
  /** The folder of the built extension. */
  readonly extensionUri: Uri;
  readonly column: ViewColumn;
  /** Known personal fields are hidden. */
  readonly hidePersonal: boolean;
  /** The user closed the panel. */
  readonly onClosed: () => void;
}

/** One result as a table: a page that shows a window of rows, and a thread that reads them. */
export class GridPanel implements Disposable {
  readonly #options: GridPanelOptions;
  readonly #panel: WebviewPanel;
  #view: ResponseView;
  #hold: Hold | undefined;
  #table: TableClient | undefined;
  /** What the thread told last about the columns, for a page that comes again. */
  #columns: Extract<TableEvent, { kind: 'columns' }> | undefined;
  #slots: readonly number[] = [];
  #hidePersonal: boolean;
  #ended: Extract<HostMessage, { kind: 'ended' }> | undefined;

  constructor(options: GridPanelOptions) {
    this.#options = options;
    this.#view = options.view;
    this.#hidePersonal = options.hidePersonal;
    const built = Uri.joinPath(options.extensionUri, 'dist');
    this.#panel = window.createWebviewPanel(GRID_VIEW_TYPE, '', options.column, {
      enableScripts: true,
      localResourceRoots: [built],
    });
    const picture = (name: string): Uri => Uri.joinPath(options.extensionUri, 'media', name);
    this.#panel.iconPath = { light: picture('table.svg'), dark: picture('table-dark.svg') };
    this.#panel.webview.onDidReceiveMessage((message: PageMessage) => this.#hear(message));
    this.#panel.onDidDispose(() => {
      this.#close();
      options.onClosed();
    });
    this.load(options.view);
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  get view(): ResponseView {
    return this.#view;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Shows another answer of the same request: what is in force in the page stays. */
  load(view: ResponseView): void {
    this.#close();
    const { bodies, extensionUri } = this.#options;
    this.#view = view;
    this.#hold = bodies.hold(view.body);
    this.#ended = undefined;
    this.#columns = undefined;
    const table = new TableClient(
      view.body,
      (event) => {
        if (event.kind === 'columns') this.#columns = event;
        this.#tell({ kind: 'table', event });
      },
      (error) => this.#end(error),
    );
    this.#table = table;
    if (this.#hidePersonal) void table.hidePersonal(true);
    const { webview } = this.#panel;
    this.#panel.title = l10n.t('{0} (table)', view.title);
    const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', name)).toString();
    webview.html = gridHtml({
      script: file('grid.js'),
      style: file('gridStyle.css'),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
    });
  }

  /** Asks the page to copy what is selected. */
  copy(format: TextFormat): void {
    this.#tell({ kind: 'copy', format });
  }

  /** Hides known personal fields in cells, summaries and copies, or shows them again. */
  async hidePersonal(hide: boolean): Promise<void> {
    this.#hidePersonal = hide;
    await this.#table?.hidePersonal(hide);
    this.#tell({ kind: 'refresh' });
  }

  /** What an export writes: the rows as filtered and sorted, the columns that are shown. Unhidden: it is the data. */
  async shown(): Promise<ShownRecords | undefined> {
    const records = this.#view.body.records();
    if (this.#table === undefined || records === undefined) return undefined;
    const order = await this.#table.order();
    const known = this.#columns?.columns ?? [];
    const columns = this.#slots.flatMap((slot) => known[slot]?.name ?? []);
    return {
      view: this.#view,
      allColumns: columns.length === known.length && this.#slots.every((slot, at) => slot === at),
      batches: batchesOf(records, order),
      count: order?.length ?? records.count,
      columns,
    };
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #close(): void {
    void this.#table?.close();
    this.#table = undefined;
    void this.#hold?.release();
    this.#hold = undefined;
  }

  #end({ message }: Error): void {
    const { code, mend, message: what } = explain(OUTPUT_PROBLEMS, 'PS9972', [message.replace(/\.?$/, '.')]);
    this.#ended = isGone(message)
      ? { kind: 'ended', message: noLongerKept(), again: false }
      : { kind: 'ended', message: `${what} ${mend} (${code})`, again: true };
    this.#tell(this.#ended);
  }

  #tell(message: HostMessage): void {
    void this.#panel.webview.postMessage(message);
  }

  #hear(message: PageMessage): void {
    if (message.kind === 'call') {
      void this.#answer(message);
      return;
    }
    this.#tell({ kind: 'start', strings: gridStrings(), language: env.language });
    if (this.#columns) this.#tell({ kind: 'table', event: this.#columns });
    if (this.#ended) this.#tell(this.#ended);
  }

  async #answer({ id, name, args }: GridCall): Promise<void> {
    try {
      const call = this.#host[name] as (...args: readonly unknown[]) => Promise<unknown>;
      this.#tell({ kind: 'reply', reply: { id, result: await call(...args) } });
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      this.#tell({ kind: 'reply', reply: { id, error: isGone(said) ? noLongerKept() : said } });
    }
  }

  /** What the page may ask: a closed list. */
  readonly #host: GridHost = {
    window: (from, to, slots) => this.#reader.window(from, to, slots),
    arrange: (arrangement) => this.#reader.arrange(arrangement),
    summary: (slot) => this.#reader.summary(slot),
    cell: (row, slot) => this.#reader.cell(row, slot),
    copy: async (range: CellRange, format: TextFormat) => {
      const { text, rows } = await this.#reader.text(range, format);
      await env.clipboard.writeText(text);
      return { rows };
    },
    layout: (slots) => {
      this.#slots = slots;
      return Promise.resolve();
    },
    reopen: () => {
      this.load(this.#view);
      return Promise.resolve();
    },
  };

  get #reader(): TableClient {
    if (this.#table === undefined) throw new Error('The table is closed.');
    return this.#table;
  }
}

/** Its file was removed, by *Clear All Data* in this window or another. */
function isGone(message: string): boolean {
  return message.includes('ENOENT');
}

function noLongerKept(): string {
  return l10n.t('This response is no longer kept. Run the request again to see it.');
}
