import { say } from '../../core/problem/phrase.ts';
import {
  MarkdownString,
  OverviewRulerLane,
  ThemeColor,
  l10n,
  window,
  workspace,
  type DecorationOptions,
  type Disposable,
  type TextEditor,
} from 'vscode';
import type { CheckedExpectation } from '../../core/run/runResult.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { together } from '../adapters/disposables.ts';
import { editorRange, wording } from '../problems/editorDiagnostics.ts';
import { isRequestDocument, type RequestParser } from './requestDocuments.ts';
import { requestKey } from './requestKey.ts';
import type { RunLog } from './runLog.ts';

/** A value longer than this is cut beside the line; the hover has all of it. */
const LONGEST_ACTUAL = 60;

/** Behind each `# @expect` line: whether the last run met it, and what was there instead. */
export function markExpectations(parser: RequestParser, runs: RunLog): Disposable {
  const passed = window.createTextEditorDecorationType({ after: { margin: '0 0 0 2em' } });
  const failed = window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em' },
    overviewRulerColor: new ThemeColor('testing.iconFailed'),
    overviewRulerLane: OverviewRulerLane.Right,
  });

  const mark = async (editor: TextEditor): Promise<void> => {
    const { document } = editor;
    if (!isRequestDocument(document)) return;
    const file = await parser.parse(document);
    const lines = new LineIndex(file.text);
    const marks: { readonly passed: DecorationOptions[]; readonly failed: DecorationOptions[] } = {
      passed: [],
      failed: [],
    };
    for (const request of file.requests) {
      const state = runs.get(requestKey(document.uri, request));
      if (!state || state.kind === 'running') continue;
      const written = request.directives.filter(({ name }) => name.text === 'expect');
      for (const [index, expectation] of state.expectations.entries()) {
        // The lines may have moved since, and a changed line has no outcome.
        const line = written[index];
        if (!line || line.value.text !== expectation.text) continue;
        // Without an answer nothing was compared: the lens says why.
        if (state.kind === 'failed' && expectation.malformed === undefined) continue;
        const range = editorRange(lines, line.range);
        marks[expectation.passed ? 'passed' : 'failed'].push({ range, ...describe(expectation) });
      }
    }
    editor.setDecorations(passed, marks.passed);
    editor.setDecorations(failed, marks.failed);
  };

  const markAll = (): void => {
    for (const editor of window.visibleTextEditors) void mark(editor);
  };

  return together(
    passed,
    failed,
    runs.onDidChange(markAll),
    window.onDidChangeVisibleTextEditors(markAll),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (isRequestDocument(document)) markAll();
    }),
  );
}

function describe({ passed, actual, malformed }: CheckedExpectation): Omit<DecorationOptions, 'range'> {
  if (passed) {
    return { renderOptions: { after: { contentText: '✓', color: new ThemeColor('testing.iconPassed') } } };
  }
  const whole = JSON.stringify(actual) ?? 'null';
  const shown = whole.length > LONGEST_ACTUAL ? `${whole.slice(0, LONGEST_ACTUAL)}…` : whole;
  const contentText = malformed === undefined ? `✗ ${l10n.t('was {0}', shown)}` : `✗ ${say(malformed, wording)}`;
  return {
    hoverMessage: new MarkdownString().appendCodeblock(whole.slice(0, 10_000), 'json'),
    renderOptions: { after: { contentText, color: new ThemeColor('testing.iconFailed') } },
  };
}
