import { EventEmitter, type Disposable, type TextDocument } from 'vscode';
import type { RequestEntry } from '../../core/request/requestFile.ts';
import type { LastAnswer } from '../../core/request/language/languageContext.ts';
import type { CheckedExpectation, RunAnswer } from '../../core/run/runResult.ts';
import { requestKey } from './requestKey.ts';

/** What happened last to a request in this window. */
export type RunState =
  | { readonly kind: 'running' }
  | {
      readonly kind: 'answered';
      readonly summary: string;
      readonly passed: boolean;
      readonly expectations: readonly CheckedExpectation[];
      /** For completion of paths into it; gone when its document was closed. */
      readonly answer?: LastAnswer | undefined;
    }
  | { readonly kind: 'failed'; readonly message: string; readonly expectations: readonly CheckedExpectation[] };

/** Larger bodies are not kept for completion. */
const MOST_BYTES = 2_000_000;

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

  /** The bodies of a document's answers go with it; how the requests ended stays. */
  dropAnswers(document: TextDocument): void {
    const start = `${document.uri.toString()}#`;
    for (const [key, state] of this.#states) {
      if (state.kind === 'answered' && key.startsWith(start)) this.#states.set(key, { ...state, answer: undefined });
    }
  }

  get(key: string): RunState | undefined {
    return this.#states.get(key);
  }

  /** Forgets all results, and the answers in them. */
  clear(): void {
    const keys = [...this.#states.keys()];
    this.#states.clear();
    for (const key of keys) this.#changed.fire(key);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** What is kept of an answer: status and headers, and the body when it is small. */
export function keptAnswer({ status, headers, body }: RunAnswer): LastAnswer {
  const bytes = body.bytes && body.bytes.length <= MOST_BYTES ? body.bytes : undefined;
  return {
    status,
    headers,
    get json(): unknown {
      try {
        return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as unknown);
      } catch {
        return undefined;
      }
    },
  };
}
