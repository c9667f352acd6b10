import { say } from '../core/problem/phrase.ts';
import { createPaint, type Paint } from '../core/output/paint.ts';
import { formatDuration, formatSize } from '../core/output/quantity.ts';
import type { RunFile } from '../core/run/runOptions.ts';
import type { CheckedExpectation, RunResult } from '../core/run/runResult.ts';
import { LineIndex } from '../core/text/lineIndex.ts';
import type { CliIo } from './cliIo.ts';

/** Results for people, line by line as they come. */
export class PrettyRun {
  readonly #io: CliIo;
  readonly #paint: Paint;
  #file: string | undefined;

  constructor(io: CliIo) {
    this.#io = io;
    this.#paint = createPaint(io.stdout.isLively);
  }

  async show(result: RunResult): Promise<void> {
    const paint = this.#paint;
    let text = '';
    if (this.#file !== result.file) {
      text += `${this.#file === undefined ? '' : '\n'}${paint('underline', result.file)}\n`;
      this.#file = result.file;
    }
    const good = result.outcome === 'passed';
    text += `  ${good ? paint('green', '✓') : paint('red', '✗')} ${requestTitle(result)}${paint('dim', facts(result))}\n`;
    if (result.error !== undefined) {
      text += `      ${paint('red', result.error.code)} ${result.error.message} ${result.error.mend}\n`;
    }
    for (const expectation of result.expectations) {
      if (!expectation.passed) text += `      ${paint('red', '✗')} ${failedExpectation(expectation)}\n`;
    }
    await this.#io.stdout.write(text);
  }

  async end(results: readonly RunResult[]): Promise<void> {
    const passed = results.filter(({ outcome }) => outcome === 'passed').length;
    const failed = results.length - passed;
    const requests = `${results.length} request${results.length === 1 ? '' : 's'}`;
    const text = `${requests}: ${passed} passed${failed > 0 ? `, ${failed} not` : ''}`;
    await this.#io.stdout.write(`\n${this.#paint(failed > 0 ? 'red' : 'green', text)}\n`);
  }
}

/** How a request is called in results. */
export function requestTitle({ request, method, url }: RunResult): string {
  return request.name?.text ?? request.title?.text ?? `${method} ${pathOf(url)}`;
}

/** `status == 200: was 404`. */
export function failedExpectation({ text, actual, malformed }: CheckedExpectation): string {
  if (malformed !== undefined) return `${text}: ${say(malformed)}`;
  const shown = actual === null || actual === undefined ? 'missing' : JSON.stringify(actual);
  return `${text}: was ${shown.length > 200 ? `${shown.slice(0, 200)}…` : shown}`;
}

/** What the files' syntax alone tells, on stderr: the run goes on with the rest. */
export async function showFaults(files: readonly RunFile[], io: CliIo): Promise<void> {
  for (const { path, file } of files) {
    const lines = new LineIndex(file.text);
    for (const { severity, range, message, code } of file.faults) {
      if (severity !== 'error' && severity !== 'warning') continue;
      const { line, character } = lines.positionAt(range.start);
      await io.stderr.write(`${path}:${line + 1}:${character + 1} ${severity} ${message} ${code}\n`);
    }
  }
}

function facts({ answer }: RunResult): string {
  if (answer === undefined) return '';
  const records = answer.records === undefined ? '' : `  ${answer.records} record${answer.records === 1 ? '' : 's'}`;
  return `  ${answer.status}  ${formatDuration(answer.durationMs)}  ${formatSize(answer.body.size)}${records}`;
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
