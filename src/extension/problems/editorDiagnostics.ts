import { Diagnostic as EditorDiagnostic, DiagnosticSeverity, Range, Uri, WorkspaceEdit, l10n } from 'vscode';
import { sentenceText, type Diagnostic } from '../../core/problem/diagnostic.ts';
import type { Wording } from '../../core/problem/phrase.ts';
import type { Severity } from '../../core/problem/problemCode.ts';
import type { LineIndex } from '../../core/text/lineIndex.ts';
import type { TextEdit, TextRange } from '../../core/text/textRange.ts';

/** The language of the user. */
export const wording: Wording = (template, ...args) => l10n.t(template, ...args);

/** Scheme of the pages that explain one code; see referencePages.ts. */
export const REFERENCE_SCHEME = 'powerschool-reference';

export function referenceUri(code: string): Uri {
  return Uri.from({ scheme: REFERENCE_SCHEME, path: `/${code}.md` });
}

export function editorRange(lines: LineIndex, range: TextRange): Range {
  const start = lines.positionAt(range.start);
  const end = lines.positionAt(range.end);
  return new Range(start.line, start.character, end.line, end.character);
}

/** Edits of one file. */
export function editOf(
  uri: Uri,
  lines: LineIndex,
  edits: readonly TextEdit[],
  edit: WorkspaceEdit = new WorkspaceEdit(),
): WorkspaceEdit {
  for (const { range, text } of edits) edit.replace(uri, editorRange(lines, range), text);
  return edit;
}

/** A core finding as the editor shows it; its code links to the page that explains it. */
export function editorDiagnostic(lines: LineIndex, diagnostic: Diagnostic): EditorDiagnostic {
  const shown = new EditorDiagnostic(
    editorRange(lines, diagnostic.range),
    sentenceText(diagnostic.sentences, wording),
    editorSeverity(diagnostic.severity),
  );
  shown.source = l10n.t('PowerSchool');
  shown.code = { value: diagnostic.code, target: referenceUri(diagnostic.code) };
  return shown;
}

function editorSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'info':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
  }
}
