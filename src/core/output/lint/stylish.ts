import type { Severity } from '../../problem/problemCode.ts';
import type { Paint, Style } from '../paint.ts';
import { countMessages, type LintReport } from './lintReport.ts';

const STYLES: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'blue', hint: 'dim' };

/** Findings for people: a block for each file, then the totals. */
export function stylish(reports: readonly LintReport[], paint: Paint, showPath: (filePath: string) => string): string {
  // What could not be read is told elsewhere.
  if (reports.length === 0) return '';
  const counts = countMessages(reports);
  let text = '';
  for (const { filePath, messages } of reports) {
    if (messages.length === 0) continue;
    const places = messages.map(({ line, column }) => `${line}:${column}`);
    const width = Math.max(...places.map((place) => place.length));
    text += `\n${paint('underline', showPath(filePath))}\n`;
    for (const [index, { severity, message, code }] of messages.entries()) {
      const place = (places[index] ?? '').padStart(width);
      text += `  ${paint('dim', place)}  ${paint(STYLES[severity], severity.padEnd(7))}  ${oneLine(message)}  ${paint('dim', code)}\n`;
    }
  }
  if (text === '') return `${paint('green', `${count(reports.length, 'file')} checked, no problems`)}\n`;
  const problems = counts.errors + counts.warnings;
  if (problems > 0) {
    const totals = `${count(problems, 'problem')} (${count(counts.errors, 'error')}, ${count(counts.warnings, 'warning')})`;
    text += `\n${paint(counts.errors > 0 ? 'red' : 'yellow', totals)}\n`;
  }
  const fixable = counts.fixableErrors + counts.fixableWarnings;
  if (fixable > 0) text += `${count(fixable, 'problem')} can be mended with --fix\n`;
  return text;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}
