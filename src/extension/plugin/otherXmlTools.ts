import { DiagnosticSeverity, languages, type Diagnostic as EditorDiagnostic, type Uri } from 'vscode';
import type { Diagnostic } from '../../core/problem/diagnostic.ts';

/** The names under which Red Hat's XML extension, others with the same server, and the editor's own JSON report. */
const OTHER_SOURCES: ReadonlySet<string | undefined> = new Set(['xml', 'json']);

/** Faults that every reader of XML or JSON reports: not those of encodings, of DOCTYPEs and of PowerSchool's own rules. */
const WELL_FORMEDNESS = /^PS(?:[1-4](?:0[3-9]|1\d|2[0-26-9])|450)$/;

/** Lines on which another tool reports an error, as one comparable text. */
export function linesOfOthers(uri: Uri): string {
  return errorsOfOthers(uri)
    .map(({ range }) => range.start.line)
    .sort((a, b) => a - b)
    .join();
}

/**
 * Whether another tool says the same already: a fault of well-formedness on a line that it has marked. It stops at
 * the first such fault, so those on other lines stay ours; fixes are offered either way.
 */
export function isSaidByOthers(uri: Uri, { code }: Diagnostic, { range }: EditorDiagnostic): boolean {
  return WELL_FORMEDNESS.test(code) && errorsOfOthers(uri).some((other) => other.range.start.line === range.start.line);
}

function errorsOfOthers(uri: Uri): EditorDiagnostic[] {
  return languages
    .getDiagnostics(uri)
    .filter(({ source, severity }) => OTHER_SOURCES.has(source) && severity === DiagnosticSeverity.Error);
}
