import { CodeLens, EventEmitter, l10n, type CodeLensProvider, type Disposable, type TextDocument } from 'vscode';
import type { RequestEntry } from '../../core/request/requestFile.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { COMMANDS } from '../contributions.ts';
import { editorRange } from '../problems/editorDiagnostics.ts';
import { isRequestDocument, type RequestParser } from './requestDocuments.ts';

/** What a request's lens tells of its last run in this window. */
export type RunState =
  | { readonly kind: 'running' }
  | { readonly kind: 'answered'; readonly summary: string; readonly passed: boolean }
  | { readonly kind: 'failed'; readonly message: string };

/** *Run* above every request, with the outcome of the last run beside it. */
export class RunLenses implements CodeLensProvider, Disposable {
  readonly #parser: RequestParser;
  readonly #states = new Map<string, RunState>();
  readonly #changed = new EventEmitter<void>();

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(parser: RequestParser) {
    this.#parser = parser;
  }

  setState(key: string, state: RunState | undefined): void {
    if (state) this.#states.set(key, state);
    else this.#states.delete(key);
    this.#changed.fire();
  }

  stateOf(key: string): RunState | undefined {
    return this.#states.get(key);
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (!isRequestDocument(document)) return [];
    const file = await this.#parser.parse(document);
    const lines = new LineIndex(file.text);
    return file.requests.flatMap((request) => {
      const range = editorRange(lines, { start: request.method.range.start, end: request.target.range.end });
      const argument = { uri: document.uri, index: request.index };
      const state = this.#states.get(requestKey(document, request));
      if (state?.kind === 'running') {
        return [new CodeLens(range, { title: `$(sync~spin) ${l10n.t('Cancel')}`, command: COMMANDS.cancel })];
      }
      const run = new CodeLens(range, {
        title: `$(play) ${l10n.t('Run')}`,
        tooltip: l10n.t('Send this request to the active server'),
        command: COMMANDS.runRequest,
        arguments: [argument],
      });
      if (!state) return [run];
      const title =
        state.kind === 'answered'
          ? `$(${state.passed ? 'pass' : 'error'}) ${state.summary}`
          : `$(error) ${state.message}`;
      return [run, new CodeLens(range, { title, command: '' })];
    });
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** A request keeps its key while requests are added and moved, as long as it has a name or title. */
export function requestKey(document: TextDocument, request: RequestEntry): string {
  return `${document.uri.toString()}#${request.name?.text ?? request.title?.text ?? request.index}`;
}
