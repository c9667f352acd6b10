import type { Diagnostic, Fix } from '../../problem/diagnostic.ts';
import type { Severity } from '../../problem/problemCode.ts';
import { LineIndex } from '../../text/lineIndex.ts';
import type { TextEdit } from '../../text/textRange.ts';

/** One text that was judged, with what was found. Also a text without any finding. */
export interface LintedText {
  /** Absolute, as the machine writes paths; an entry of a zip has the path of the zip in front. */
  readonly filePath: string;
  /** Without a byte order mark: positions count from here. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** A finding as reports show it: lines and columns count from 1, a column is a UTF-16 unit. */
export interface LintMessage {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The mend that may be applied unasked, as one edit. */
  readonly fix: TextEdit | undefined;
}

export interface LintReport {
  readonly filePath: string;
  readonly messages: readonly LintMessage[];
}

export interface LintCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly fixableErrors: number;
  readonly fixableWarnings: number;
}

/**
 * Findings in the order of the text.
 * @param information whether findings that are no error and no warning are kept; they never count.
 */
export function lintReport(linted: LintedText, information: boolean): LintReport {
  const kept = linted.diagnostics.filter(
    ({ severity }) => information || severity === 'error' || severity === 'warning',
  );
  if (kept.length === 0) return { filePath: linted.filePath, messages: [] };
  const lines = new LineIndex(linted.text);
  const sorted = [...kept].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return {
    filePath: linted.filePath,
    messages: sorted.map((found) => {
      const start = lines.positionAt(found.range.start);
      const end = lines.positionAt(found.range.end);
      const fix = found.fixes.find(({ automatic }) => automatic);
      return {
        code: found.code,
        severity: found.severity,
        message: found.message,
        line: start.line + 1,
        column: start.character + 1,
        endLine: end.line + 1,
        endColumn: end.character + 1,
        fix: fix === undefined ? undefined : oneEdit(fix, linted.text),
      };
    }),
  };
}

export function countMessages(reports: readonly LintReport[]): LintCounts {
  const all = reports.flatMap(({ messages }) => messages);
  const errors = all.filter(({ severity }) => severity === 'error');
  const warnings = all.filter(({ severity }) => severity === 'warning');
  return {
    errors: errors.length,
    warnings: warnings.length,
    fixableErrors: errors.filter(({ fix }) => fix !== undefined).length,
    fixableWarnings: warnings.filter(({ fix }) => fix !== undefined).length,
  };
}

/** The edits of a fix and the text between them, as one edit: report formats hold only one. */
function oneEdit(fix: Fix, text: string): TextEdit | undefined {
  const edits = [...fix.edits].sort((a, b) => a.range.start - b.range.start);
  const [first] = edits;
  const last = edits.at(-1);
  if (first === undefined || last === undefined) return undefined;
  let joined = '';
  let at = first.range.start;
  for (const edit of edits) {
    joined += text.slice(at, edit.range.start) + edit.text;
    at = edit.range.end;
  }
  return { range: { start: first.range.start, end: last.range.end }, text: joined };
}
