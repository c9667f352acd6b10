import { Diagnostic, DiagnosticSeverity, Range, l10n, languages, type Disposable, type Uri } from 'vscode';
import { referenceUri } from '../problems/editorDiagnostics.ts';
import type { ResponseView } from './responseView.ts';

/**
 * What an error answer means, as a finding on its first line: the body stays the server's own JSON, and hover, *Go to
 * Next Problem* and screen readers reach the explanation, which a lens alone does not give them.
 */
export class ErrorNotes implements Disposable {
  readonly #notes = languages.createDiagnosticCollection('powerschool-responses');

  set(uri: Uri, explanation: ResponseView['explanation']): void {
    if (!explanation) return this.#notes.delete(uri);
    const { code, message, mend } = explanation;
    const note = new Diagnostic(new Range(0, 0, 0, 1), `${message} ${mend}`, DiagnosticSeverity.Warning);
    note.source = l10n.t('PowerSchool');
    note.code = { value: code, target: referenceUri(code) };
    this.#notes.set(uri, [note]);
  }

  delete(uri: Uri): void {
    this.#notes.delete(uri);
  }

  dispose(): void {
    this.#notes.dispose();
  }
}
