import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Column } from '../../core/output/columns.ts';
import { HIDDEN, masked, type PersonalField } from '../../core/privacy/personalFields.ts';
import { sliceRecords } from '../../core/powerschool/pageSlicing.ts';
import { EMPTY_BATCH } from '../../core/output/recordBatch.ts';
import { type IndexParts, RecordIndex } from '../../core/records/recordIndex.ts';
import { FileRecords, MemoryRecords, type RecordSource } from '../../core/records/recordSource.ts';
import { type Arrangement, RecordTable, type Work } from '../../core/table/recordTable.ts';
import type { CellMask } from '../../core/table/tableCells.ts';
import type { TableCall, TableEvent, TableThread } from '../../core/table/tableService.ts';
import { type CellRange, tableText, type TextFormat } from '../../core/table/tableText.ts';

/** Where the records are: in a file by their offsets, or in bytes that were handed over. */
export type WorkerSource = { readonly path: string; readonly index: IndexParts } | { readonly bytes: Uint8Array };

/** Characters of a copy; a larger one is an export. */
const MOST_COPIED = 32 << 20;
/** Milliseconds between two reports of progress. */
const REPORT_MILLISECONDS = 100;

/** The thread that reads, sorts and filters the records of one result, so that the extension host never waits. */
class Thread implements TableThread {
  readonly #table: RecordTable;
  readonly #tell: (event: TableEvent) => void;
  #arranging = new AbortController();
  #summing = new AbortController();
  #seen = 0;

  constructor(source: RecordSource, tell: (event: TableEvent) => void) {
    this.#table = new RecordTable(source);
    this.#tell = tell;
  }

  /** Finds the first columns; calls wait for it. */
  async prepare(): Promise<void> {
    await this.#table.prepare();
    this.#tellColumns();
  }

  /** Looks at all records for the other columns and for types. */
  async scan(): Promise<void> {
    const reports = new Reports();
    const { signal } = new AbortController();
    const onProgress = (done: number): void => {
      this.#seen = Math.round(done * this.#table.records);
      if (reports.due) this.#tellColumns();
    };
    await this.#table.scan({ signal, onProgress, pause: () => setImmediate() });
    this.#seen = this.#table.records;
    this.#tellColumns();
  }

  window(from: number, to: number, slots: readonly number[]): Promise<(string | null)[][]> {
    return this.#table.window(from, to, slots);
  }

  async arrange(arrangement: Arrangement): Promise<{ readonly rows: number } | undefined> {
    this.#arranging.abort();
    this.#arranging = new AbortController();
    const done = await this.#work(this.#arranging.signal, (work) => this.#table.arrange(arrangement, work));
    return done === undefined ? undefined : { rows: this.#table.rows };
  }

  async summary(slot: number): ReturnType<TableThread['summary']> {
    this.#summing.abort();
    this.#summing = new AbortController();
    return (await this.#work(this.#summing.signal, (work) => this.#table.summary(slot, work)))?.result;
  }

  cell(row: number, slot: number): Promise<string | null> {
    return this.#table.cell(row, slot);
  }

  text(range: CellRange, format: TextFormat): ReturnType<TableThread['text']> {
    return tableText(this.#table, range, format, MOST_COPIED);
  }

  order(): Promise<Uint32Array | undefined> {
    return Promise.resolve(this.#table.order);
  }

  async hidePersonal(hide: boolean): Promise<void> {
    if (!hide) {
      this.#table.mask = undefined;
      return;
    }
    const { loadPersonalFields } = await import('../../core/privacy/load.ts');
    this.#table.mask = maskOf(await loadPersonalFields());
  }

  /** Undefined when it was superseded. */
  async #work<T>(signal: AbortSignal, run: (work: Work) => Promise<T>): Promise<{ readonly result: T } | undefined> {
    const reports = new Reports();
    const onProgress = (done: number): void => {
      if (reports.due) this.#tell({ kind: 'progress', done });
    };
    try {
      return { result: await run({ signal, onProgress, pause: () => setImmediate() }) };
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      if (!signal.aborted) this.#tell({ kind: 'progress', done: 1 });
    }
  }

  #tellColumns(): void {
    const columns = this.#table.columns.map(({ name }, slot) => ({ slot, name, ...this.#table.factsOf(slot) }));
    this.#tell({ kind: 'columns', columns, records: this.#table.records, seen: this.#seen });
  }
}

/** Tells when the next report may be made: often enough to look at, seldom enough to cost nothing. */
class Reports {
  #last = performance.now();

  get due(): boolean {
    const now = performance.now();
    if (now - this.#last < REPORT_MILLISECONDS) return false;
    this.#last = now;
    return true;
  }
}

/** What may be seen of a cell while known personal fields are hidden. A path starts in a record, not in the answer. */
function maskOf(root: PersonalField): CellMask {
  const record = root.child('record');
  const fields = new Map<Column, PersonalField>();
  return (column, value, isText) => {
    let field = fields.get(column);
    if (field === undefined) {
      field = column.path.reduce<PersonalField>((owner, name) => owner.child(name), record);
      fields.set(column, field);
    }
    if (isText) return field.hides(value) ? HIDDEN : value;
    const parsed: unknown = JSON.parse(value);
    const shown = masked(parsed, field);
    return shown === parsed ? value : typeof shown === 'string' ? shown : JSON.stringify(shown);
  };
}

function sourceOf(data: WorkerSource): RecordSource {
  if ('path' in data) return new FileRecords(data.path, new RecordIndex(data.index));
  return new MemoryRecords(sliceRecords(data.bytes) ?? EMPTY_BATCH);
}

if (parentPort !== null) {
  const port = parentPort;
  const thread = new Thread(sourceOf(workerData as WorkerSource), (event) => port.postMessage(event));
  const prepared = thread.prepare();
  port.on('message', ({ id, name, args }: TableCall) => {
    const call = thread[name].bind(thread) as (...args: readonly unknown[]) => Promise<unknown>;
    const called = prepared.then(() => call(...args));
    called.then(
      (result) => port.postMessage({ id, result }),
      (error: unknown) => port.postMessage({ id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  // A result that cannot be read ends the thread, and whoever started it hears why.
  await prepared;
  await thread.scan();
}
