import {
  CodeAction,
  CodeActionKind,
  WorkspaceEdit,
  l10n,
  type CodeActionContext,
  type CodeActionProvider,
  type Command,
  type Diagnostic as EditorDiagnostic,
  type Range,
  type TextDocument,
} from 'vscode';
import type { Diagnostic, Fix } from '../../core/problem/diagnostic.ts';
import { say } from '../../core/problem/phrase.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import type { DocumentLinter, Findings } from './documentLinter.ts';
import { editOf, editorRange, wording } from './editorDiagnostics.ts';

export const FIX_ALL_KIND = CodeActionKind.SourceFixAll.append('powerschool');

/** The text with every mend that has one right answer; the same text when there is none. */
export type FixAll = (text: string, document: TextDocument, findings: Findings) => Promise<string>;

/** Comments that set a finding of the document aside. */
export type SuppressionsOf = (document: TextDocument) => Promise<(diagnostic: Diagnostic) => readonly Fix[]>;

/** What mends a finding outside of its document, when something does. */
export type CommandFor = (diagnostic: Diagnostic) => Command | undefined;

/** Offers the fixes of the findings below the cursor, behind them comments that set these aside, and *fix all* for the whole document. */
export class QuickFixes implements CodeActionProvider {
  static readonly kinds = [CodeActionKind.QuickFix, FIX_ALL_KIND];
  readonly #linter: DocumentLinter;
  readonly #fixAll: FixAll;
  readonly #suppressionsOf: SuppressionsOf;
  readonly #commandFor: CommandFor;

  constructor(
    linter: DocumentLinter,
    fixAll: FixAll,
    suppressionsOf: SuppressionsOf,
    commandFor: CommandFor = () => undefined,
  ) {
    this.#linter = linter;
    this.#fixAll = fixAll;
    this.#suppressionsOf = suppressionsOf;
    this.#commandFor = commandFor;
  }

  async provideCodeActions(document: TextDocument, range: Range, context: CodeActionContext): Promise<CodeAction[]> {
    if (context.only && FIX_ALL_KIND.intersects(context.only)) return this.#fixAllAction(document);
    const findings = await this.#linter.findings(document);
    const lines = new LineIndex(document.getText());
    const actions: CodeAction[] = [];
    const suppressing: CodeAction[] = [];
    let suppressionsFor: ((diagnostic: Diagnostic) => readonly Fix[]) | undefined;
    for (const [index, diagnostic] of findings.diagnostics.entries()) {
      const shown = findings.shown[index];
      if (!shown || !shown.range.intersection(range)) continue;
      const only = diagnostic.fixes.length === 1;
      const mended = context.diagnostics.filter(
        ({ range: marked, message }) => marked.isEqual(shown.range) && message === shown.message,
      );
      const command = this.#commandFor(diagnostic);
      if (command) {
        const action = quickFix(command.title, mended);
        action.command = command;
        actions.push(action);
      }
      const actionOf = (fix: Fix): CodeAction =>
        quickFix(say(fix.title, wording), mended, editOf(document.uri, lines, fix.edits));
      for (const fix of diagnostic.fixes) {
        const action = actionOf(fix);
        action.isPreferred = only && fix.automatic;
        actions.push(action);
      }
      suppressionsFor ??= await this.#suppressionsOf(document);
      // one comment is enough for two findings of a code in a line
      for (const action of suppressionsFor(diagnostic).map(actionOf))
        if (suppressing.every(({ title }) => title !== action.title)) suppressing.push(action);
    }
    return [...actions, ...suppressing];
  }

  async #fixAllAction(document: TextDocument): Promise<CodeAction[]> {
    const text = document.getText();
    const mended = await this.#fixAll(text, document, await this.#linter.findings(document));
    if (mended === text) return [];
    const action = new CodeAction(l10n.t('Fix all PowerSchool problems'), FIX_ALL_KIND);
    action.edit = new WorkspaceEdit();
    action.edit.replace(document.uri, editorRange(new LineIndex(text), { start: 0, end: text.length }), mended);
    return [action];
  }
}

export function quickFix(title: string, diagnostics: EditorDiagnostic[], edit?: WorkspaceEdit): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.diagnostics = diagnostics;
  if (edit) action.edit = edit;
  return action;
}
