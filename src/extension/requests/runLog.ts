import { EventEmitter, type Disposable, type TextDocument } from 'vscode';
import type { RequestEntry } from '../../core/request/requestFile.ts';
import type { RunResult } from '../../core/run/runResult.ts';
import { requestKey } from './requestKey.ts';

/** What happened last to a request in this window. */
export type RunState =
  | { readonly kind: 'running' }
  | { readonly kind: 'answered'; readonly summary: string; readonly passed: boolean; readonly result: RunResult }
  | { readonly kind: 'failed'; readonly message: string; readonly result: RunResult };

/** The last state of every request that was run: lenses, marks and views read it. */
export class RunLog implements Disposable {
  readonly #states = new Map<string, RunState>();
  readonly #changed = new EventEmitter<string>();

  /** Carries the key of the request. */
  readonly onDidChange = this.#changed.event;

  set(document: TextDocument, request: RequestEntry, state: RunState | undefined): void {
    const key = requestKey(document.uri, request);
    if (state) this.#states.set(key, state);
    else this.#states.delete(key);
    this.#changed.fire(key);
  }

  get(key: string): RunState | undefined {
    return this.#states.get(key);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
