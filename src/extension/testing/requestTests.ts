import { say } from '../../core/problem/phrase.ts';
import {
  Location,
  MarkdownString,
  TestMessage,
  Uri,
  l10n,
  workspace,
  type TestController,
  type TestItem,
  type TestRun,
  type TestRunRequest,
  type TextDocument,
} from 'vscode';
import type { RequestFile } from '../../core/request/requestFile.ts';
import type { RunResult } from '../../core/run/runResult.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { editorRange, wording } from '../problems/editorDiagnostics.ts';
import { summaryOf } from '../response/responseText.ts';
import { requestKey } from '../requests/requestKey.ts';
import type { RequestRunner, Selection } from '../requests/requestRunner.ts';

/** A value of more characters than this stands in a block of its own; the block is cut too. */
const LONGEST_ACTUAL = 80;
const MOST_ACTUAL = 10_000;

export interface TestedRequests {
  readonly controller: TestController;
  readonly runner: RequestRunner;
  /** Reads the requests of a file, which nobody has looked at yet. */
  readonly filled: (file: TestItem) => Promise<void>;
}

/** Runs requests that were chosen in the Testing view, or all, and reports each as a test. */
export async function runTests(tested: TestedRequests, request: TestRunRequest, signal: AbortSignal): Promise<void> {
  const { controller, runner } = tested;
  const run = controller.createTestRun(request);
  try {
    const wanted = await chosenItems(tested, request);
    const documents = new Map<string, TextDocument>();
    const selections: Selection[] = [];
    for (const [file, keys] of wanted) {
      const document = await workspace.openTextDocument(Uri.parse(file));
      documents.set(file, document);
      selections.push({ document, select: (entry) => keys.has(requestKey(document.uri, entry)) });
      for (const item of keys.values()) run.enqueued(item);
    }
    await runner.runMany(
      selections,
      async (event, document) => {
        const entry = event.kind === 'start' ? event.request : event.result.request;
        const item = wanted.get(document.uri.toString())?.get(requestKey(document.uri, entry));
        if (!item) return;
        if (event.kind === 'start') run.started(item);
        else report(run, item, event.result, event.file.file, document.uri);
      },
      signal,
    );
  } finally {
    run.end();
  }
}

/** The requests to run, by file and key. */
async function chosenItems(
  { controller, filled }: TestedRequests,
  { include, exclude }: TestRunRequest,
): Promise<Map<string, Map<string, TestItem>>> {
  const roots = include ?? [...controller.items].map(([, item]) => item);
  const excluded = new Set(exclude);
  const chosen = new Map<string, Map<string, TestItem>>();
  const add = (item: TestItem): void => {
    if (!item.uri || excluded.has(item)) return;
    const file = item.uri.toString();
    const items = chosen.get(file) ?? new Map<string, TestItem>();
    chosen.set(file, items.set(item.id, item));
  };
  for (const root of roots) {
    if (excluded.has(root)) continue;
    if (!root.canResolveChildren) {
      add(root);
      continue;
    }
    if (root.children.size === 0) await filled(root);
    for (const [, child] of root.children) add(child);
  }
  return chosen;
}

function report(run: TestRun, item: TestItem, result: RunResult, file: RequestFile, uri: Uri): void {
  const duration = result.answer?.durationMs;
  const { answer, error, expectations, outcome } = result;
  run.appendOutput(`${exchangeLines(result).join('\r\n')}\r\n\r\n`, undefined, item);
  if (outcome === 'passed') return run.passed(item, duration);
  if (outcome === 'cancelled') return run.skipped(item);
  const lines = new LineIndex(file.text);
  const messages = expectations
    .filter(({ passed }) => !passed)
    .map(({ text, actual, range, malformed }) => {
      const message = new TestMessage(malformed === undefined ? unmet(text, actual) : say(malformed, wording));
      message.location = new Location(uri, editorRange(lines, range));
      return message;
    });
  if (error) {
    const message = new TestMessage(`${error.message} ${error.mend} (${error.code})`);
    message.location = new Location(uri, editorRange(lines, result.request.target.range));
    messages.push(message);
  }
  if (answer) run.failed(item, messages, duration);
  else run.errored(item, messages, duration);
}

/** No pair of expected and actual output: an expectation is a condition, and the editor would show both as values. */
function unmet(text: string, actual: unknown): string | MarkdownString {
  const shown = JSON.stringify(actual) ?? 'null';
  if (shown.length <= LONGEST_ACTUAL) return l10n.t('Was {0}, expected {1}', shown, text);
  const whole = JSON.stringify(actual, undefined, 2).slice(0, MOST_ACTUAL);
  return new MarkdownString(l10n.t('Expected {0}; it was', text)).appendCodeblock(whole, 'json');
}

/** What went out and what came back, without bodies: they hold records. */
function exchangeLines({ method, url, answer, error, expectations }: RunResult): string[] {
  const lines = [`${method} ${url}`];
  if (answer) {
    const headers = (list: typeof answer.headers): string[] => list.map(([name, value]) => `  ${name}: ${value}`);
    const { dns, connect, tls, wait, download } = answer.timings;
    const times = Object.entries({ dns, connect, tls, wait, download });
    lines.push(
      ...headers(answer.sentHeaders),
      `${answer.status} ${answer.statusText}`,
      ...headers(answer.headers),
      `${summaryOf({ ...answer, size: answer.body.size, records: answer.records ?? null })} (${times.map(([name, ms]) => `${name} ${Math.round(ms)} ms`).join(', ')})`,
    );
  }
  if (error) lines.push(`${error.message} ${error.mend} (${error.code})`);
  for (const { passed, text, actual } of expectations)
    lines.push(passed ? `✓ ${text}` : `✗ ${text}: ${l10n.t('was {0}', JSON.stringify(actual) ?? 'null')}`);
  return lines;
}
