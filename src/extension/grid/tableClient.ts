import { Worker } from 'node:worker_threads';
import type { AnswerBody } from '../../core/run/answerBody.ts';
import type { Arrangement } from '../../core/table/recordTable.ts';
import type { TableEvent, TableReply, TableThread } from '../../core/table/tableService.ts';
import type { CellRange, TextFormat } from '../../core/table/tableText.ts';
import type { WorkerSource } from './tableWorker.ts';

/** The built program has the thread's file beside it; the sources are run as they are. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './tableWorker.ts' : './tableWorker.js', import.meta.url);

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The thread that reads one result, seen from the extension host. */
export class TableClient implements TableThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #ended: Error | undefined;

  /** @param onEnd hears why the thread ended by itself. */
  constructor(body: AnswerBody, onEvent: (event: TableEvent) => void, onEnd: (error: Error) => void) {
    this.#worker = new Worker(WORKER, { workerData: sourceOf(body), execArgv: [] });
    this.#worker.on('message', (message: TableEvent | TableReply) => {
      if ('kind' in message) onEvent(message);
      else this.#settle(message);
    });
    const end = (error: Error): void => {
      if (this.#ended !== undefined) return;
      this.#fail(error);
      onEnd(error);
    };
    this.#worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => end(new Error('The thread of the table ended.')));
  }

  window(from: number, to: number, slots: readonly number[]): ReturnType<TableThread['window']> {
    return this.#call('window', from, to, slots);
  }

  arrange(arrangement: Arrangement): ReturnType<TableThread['arrange']> {
    return this.#call('arrange', arrangement);
  }

  summary(slot: number): ReturnType<TableThread['summary']> {
    return this.#call('summary', slot);
  }

  cell(row: number, slot: number): ReturnType<TableThread['cell']> {
    return this.#call('cell', row, slot);
  }

  text(range: CellRange, format: TextFormat): ReturnType<TableThread['text']> {
    return this.#call('text', range, format);
  }

  order(): ReturnType<TableThread['order']> {
    return this.#call('order');
  }

  hidePersonal(hide: boolean): ReturnType<TableThread['hidePersonal']> {
    return this.#call('hidePersonal', hide);
  }

  /** Ends the thread; what was asked of it is rejected. */
  async close(): Promise<void> {
    this.#fail(new Error('The table was closed.'));
    await this.#worker.terminate();
  }

  #call<T>(name: keyof TableThread, ...args: readonly unknown[]): Promise<T> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = ++this.#calls;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.#worker.postMessage({ id, name, args });
    });
  }

  #settle(reply: TableReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('error' in reply) waiting?.reject(new Error(reply.error));
    else waiting?.resolve(reply.result);
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

function sourceOf({ spooled, index, bytes }: AnswerBody): WorkerSource {
  if (spooled === undefined || index === undefined) return { bytes: bytes ?? new Uint8Array(0) };
  return { path: spooled.path, index: { count: index.count, segments: index.segments } };
}
