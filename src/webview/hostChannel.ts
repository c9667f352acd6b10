import type { GridHost, HostMessage, PageMessage } from '../core/table/gridMessages.ts';
import type { Arrangement } from '../core/table/recordTable.ts';
import type { CellRange, TextFormat } from '../core/table/tableText.ts';

/** What the editor gives every webview. */
export interface EditorPage {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Calls to the extension, and what it tells by itself. */
export class HostChannel implements GridHost {
  readonly #page: EditorPage;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  constructor(page: EditorPage, onMessage: (message: Exclude<HostMessage, { kind: 'reply' }>) => void) {
    this.#page = page;
    window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
      if (data.kind !== 'reply') return onMessage(data);
      const { reply } = data;
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('error' in reply) waiting?.reject(new Error(reply.error));
      else waiting?.resolve(reply.result);
    });
  }

  ready(): void {
    this.#page.postMessage({ kind: 'ready' });
  }

  window(from: number, to: number, slots: readonly number[]): ReturnType<GridHost['window']> {
    return this.#call('window', from, to, slots);
  }

  arrange(arrangement: Arrangement): ReturnType<GridHost['arrange']> {
    return this.#call('arrange', arrangement);
  }

  summary(slot: number): ReturnType<GridHost['summary']> {
    return this.#call('summary', slot);
  }

  cell(row: number, slot: number): ReturnType<GridHost['cell']> {
    return this.#call('cell', row, slot);
  }

  copy(range: CellRange, format: TextFormat): ReturnType<GridHost['copy']> {
    return this.#call('copy', range, format);
  }

  layout(slots: readonly number[]): ReturnType<GridHost['layout']> {
    return this.#call('layout', slots);
  }

  reopen(): ReturnType<GridHost['reopen']> {
    return this.#call('reopen');
  }

  #call<T>(name: keyof GridHost, ...args: readonly unknown[]): Promise<T> {
    const id = ++this.#calls;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.#page.postMessage({ kind: 'call', id, name, args });
    });
  }
}
