import { languages, workspace, type Diagnostic as EditorDiagnostic, type Disposable, type TextDocument } from 'vscode';
import type { Diagnostic } from '../../core/problem/diagnostic.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { editorDiagnostic } from './editorDiagnostics.ts';

/** Typing is followed by a check after this many milliseconds of rest. */
const REST_BEFORE_CHECK = 200;

export interface DocumentLinterOptions {
  /** Names the collection in the Problems view. */
  readonly name: string;
  readonly accepts: (document: TextDocument) => boolean;
  readonly lint: (document: TextDocument) => Promise<readonly Diagnostic[]>;
  readonly onType: (document: TextDocument) => boolean;
  /** False: another tool says it already. Its fixes are offered all the same. */
  readonly shows?: (document: TextDocument, diagnostic: Diagnostic, shown: EditorDiagnostic) => boolean;
}

/** What a check found in one version of a document. */
export interface Findings {
  readonly version: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly shown: readonly EditorDiagnostic[];
}

/** Keeps the diagnostics of open documents true: on open, while typing (after a rest), on save; gone on close. */
export class DocumentLinter implements Disposable {
  readonly #options: DocumentLinterOptions;
  readonly #collection;
  /** The check of each document that was begun last, for its version. */
  readonly #checks = new WeakMap<TextDocument, { readonly version: number; readonly found: Promise<Findings> }>();
  readonly #waiting = new Map<TextDocument, NodeJS.Timeout>();
  readonly #subscriptions: Disposable[];

  constructor(options: DocumentLinterOptions) {
    this.#options = options;
    this.#collection = languages.createDiagnosticCollection(options.name);
    this.#subscriptions = [
      this.#collection,
      workspace.onDidOpenTextDocument((document) => this.#check(document)),
      workspace.onDidSaveTextDocument((document) => {
        // The same text, but its bytes are in the file only now.
        this.#checks.delete(document);
        this.#check(document);
      }),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (options.onType(document)) this.#checkAfterRest(document);
      }),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
    ];
    this.checkAll();
  }

  /** Checks anew although the texts are the same: what they are judged by has changed. */
  recheckAll(): void {
    for (const document of workspace.textDocuments) {
      this.#checks.delete(document);
      this.#check(document);
    }
  }

  /** Shows what is known anew: what other tools say has changed. */
  showAgain(document: TextDocument): void {
    const known = this.#checks.get(document);
    if (known) this.#showFound(document, known.found);
  }

  checkAll(): void {
    for (const document of workspace.textDocuments) this.#check(document);
  }

  /** The findings of exactly this version of the document, checking now if need be. */
  findings(document: TextDocument): Promise<Findings> {
    const known = this.#checks.get(document);
    if (known?.version === document.version) return known.found;
    const { version } = document;
    const found = this.#lint(document, version);
    this.#checks.set(document, { version, found });
    return found;
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #checkAfterRest(document: TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.set(
      document,
      setTimeout(() => this.#check(document), REST_BEFORE_CHECK),
    );
  }

  #check(document: TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    if (document.isClosed || !this.#options.accepts(document)) return;
    this.#showFound(document, this.findings(document));
  }

  async #lint(document: TextDocument, version: number): Promise<Findings> {
    const diagnostics = await this.#options.lint(document);
    const lines = new LineIndex(document.getText());
    const shown = diagnostics.map((diagnostic) => editorDiagnostic(lines, diagnostic));
    return { version, diagnostics, shown };
  }

  /** Not when another check was begun meanwhile: this one may have been judged by less. */
  #showFound(document: TextDocument, found: Promise<Findings>): void {
    void found.then((findings) => {
      if (this.#checks.get(document)?.found === found) this.#show(document, findings);
    });
  }

  #show(document: TextDocument, { version, diagnostics, shown }: Findings): void {
    if (document.isClosed || document.version !== version) return;
    const { shows } = this.#options;
    const visible = shows
      ? shown.filter((each, index) => {
          const diagnostic = diagnostics[index];
          return diagnostic !== undefined && shows(document, diagnostic, each);
        })
      : shown;
    this.#collection.set(document.uri, visible);
  }

  #forget(document: TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    this.#collection.delete(document.uri);
  }
}
