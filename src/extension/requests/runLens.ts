import {
  CodeLens,
  EventEmitter,
  l10n,
  type CodeLensProvider,
  type Disposable,
  type Range,
  type TextDocument,
} from 'vscode';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { COMMANDS } from '../contributions.ts';
import { editorRange } from '../problems/editorDiagnostics.ts';
import { isRequestDocument, type RequestParser } from './requestDocuments.ts';
import { requestKey } from './requestKey.ts';
import type { RunLog } from './runLog.ts';

/** *Run* above every request, with the outcome of the last run beside it. */
export class RunLenses implements CodeLensProvider, Disposable {
  readonly #parser: RequestParser;
  readonly #runs: RunLog;
  readonly #changed = new EventEmitter<void>();
  readonly #subscription: Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(parser: RequestParser, runs: RunLog) {
    this.#parser = parser;
    this.#runs = runs;
    this.#subscription = runs.onDidChange(() => this.#changed.fire());
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (!isRequestDocument(document)) return [];
    const file = await this.#parser.parse(document);
    const { isPaged } = await import('./requestReading.ts');
    const lines = new LineIndex(file.text);
    return file.requests.flatMap((request) => {
      const range = editorRange(lines, { start: request.method.range.start, end: request.target.range.end });
      const argument = { uri: document.uri, index: request.index };
      const state = this.#runs.get(requestKey(document.uri, request));
      if (state?.kind === 'running') {
        return [new CodeLens(range, { title: `$(sync~spin) ${l10n.t('Cancel')}`, command: COMMANDS.cancel })];
      }
      const run = new CodeLens(range, {
        title: `$(play) ${l10n.t('Run')}`,
        tooltip: l10n.t('Send this request to the active server'),
        command: COMMANDS.runRequest,
        arguments: [argument],
      });
      const lenses = [run];
      if (isPaged(request)) lenses.push(allPagesLens(range, argument));
      if (!state) return lenses;
      const title =
        state.kind === 'answered'
          ? `$(${state.passed ? 'pass' : 'error'}) ${state.summary}`
          : `$(error) ${state.message}`;
      lenses.push(new CodeLens(range, { title, command: '' }));
      return lenses;
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function allPagesLens(range: Range, argument: object): CodeLens {
  return new CodeLens(range, {
    title: `$(run-all) ${l10n.t('Run All Pages')}`,
    tooltip: l10n.t('Fetch the whole list, however many pages it has'),
    command: COMMANDS.runAllPages,
    arguments: [argument],
  });
}
