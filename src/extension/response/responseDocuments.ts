import {
  CodeLens,
  EventEmitter,
  Range,
  TabInputText,
  Uri,
  ViewColumn,
  commands,
  l10n,
  window,
  workspace,
  type CodeLensProvider,
  type Disposable,
  type Tab,
  type TextDocument,
  type TextDocumentContentProvider,
} from 'vscode';
import { COMMANDS, CONTEXT_KEYS, RESPONSE_SCHEME } from '../contributions.ts';
import type { BodyStore, Hold } from './bodyStore.ts';
import { ErrorNotes } from './errorNotes.ts';
import type { HiddenFields } from './hiddenFields.ts';
import { extensionOf, summaryOf } from './responseText.ts';
import type { ResponseView } from './responseView.ts';
import type { VisibleBody } from './visibleBody.ts';

/** An answer that is shown, with its body kept. */
interface Shown {
  readonly view: ResponseView;
  readonly hold: Hold;
  /** What its document shows of it, once it was asked for. */
  preview: Omit<VisibleBody, 'text'> | undefined;
}

/**
 * Answers as native read-only documents: the body, and the exchange (sent request, headers, timing) one click away.
 * Bodies go with their tab.
 */
export class ResponseDocuments implements TextDocumentContentProvider, CodeLensProvider, Disposable {
  readonly #bodies: BodyStore;
  readonly #hidden: HiddenFields;
  readonly #notes = new ErrorNotes();
  readonly #shown = new Map<string, Shown>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #lensesChanged = new EventEmitter<void>();
  readonly #subscriptions: Disposable[] = [];

  readonly #didShow = new EventEmitter<ResponseView>();

  readonly onDidChange = this.#changed.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  /** An answer is shown, which may be a newer one of the same request. */
  readonly onDidShow = this.#didShow.event;

  constructor(bodies: BodyStore, hidden: HiddenFields) {
    this.#bodies = bodies;
    this.#hidden = hidden;
    this.#subscriptions.push(
      this.#notes,
      hidden.onDidChange(() => this.#renew([...this.#shown.values()])),
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        this.#drop(closed.flatMap(responseKeys));
      }),
    );
  }

  /** Opens the answer beside the active editor, or renews the document of the same request. */
  async show(view: ResponseView): Promise<void> {
    const uri = bodyUri(view);
    await this.#take(view);
    this.#notes.set(uri, view.explanation);
    await openBeside(uri);
  }

  /** Opens the request as it was sent, with what is known of its answer. */
  async showSent(view: ResponseView): Promise<void> {
    await this.#take(view);
    await openBeside(exchangeUri(view));
  }

  async #take(view: ResponseView): Promise<void> {
    const before = this.#shown.get(view.key);
    this.#shown.set(view.key, { view, hold: this.#bodies.hold(view.body), preview: undefined });
    this.#didShow.fire(view);
    await before?.hold.release();
    this.#tellRecords();
    this.#renew([{ view }]);
  }

  /** Opens the exchange of the answer that `uri` shows. */
  async showExchange(uri: Uri): Promise<void> {
    const view = this.viewOf(uri);
    if (!view) return;
    const document = await workspace.openTextDocument(exchangeUri(view));
    await window.showTextDocument(document, { preview: true });
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const shown = this.#shown.get(uri.query);
    if (!shown) return l10n.t('This response is no longer kept. Run the request again to see it.');
    const { view } = shown;
    if (uri.path.startsWith('/exchange/')) {
      const { exchangeText } = await import('./shownAnswer.ts');
      return exchangeText(view, await this.#hidden.root());
    }
    const { visibleBody } = await import('./shownAnswer.ts');
    const { text, ...preview } = await visibleBody(view, await this.#hidden.root());
    shown.preview = preview;
    this.#lensesChanged.fire();
    return text;
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const shown = this.#shown.get(document.uri.query);
    if (!shown || document.uri.path.startsWith('/exchange/')) return [];
    const { view } = shown;
    const { uri } = document;
    const top = new Range(0, 0, 0, 0);
    const lens = (title: string, command: string, argument: unknown, tooltip?: string): CodeLens =>
      new CodeLens(top, { title, command, arguments: [argument], ...(tooltip === undefined ? {} : { tooltip }) });
    const sent = (title: string, tooltip: string): CodeLens => lens(title, COMMANDS.showSentRequest, uri, tooltip);
    const lenses = [
      sent(`${summaryOf(view)} · ${view.serverName}`, l10n.t('Show the sent request, headers and timing')),
    ];
    // The first one: in a narrow column the summary alone fills the line.
    if ((view.records ?? 0) > 0) lenses.unshift(lens(`$(table) ${l10n.t('Open as Table')}`, COMMANDS.openTable, uri));
    if (shown.preview?.hidden === true) {
      const title = `$(eye-closed) ${l10n.t('Personal fields hidden')}`;
      const tooltip = l10n.t('Show personal fields in this workspace again');
      lenses.push(new CodeLens(top, { title, tooltip, command: COMMANDS.showPersonalFields }));
    }
    if (shown.preview?.binary === true) {
      lenses.push(lens(`$(save-as) ${l10n.t('Save Response')}`, COMMANDS.saveResponse, uri));
    } else if (shown.preview?.cut === true) {
      // In sight, beside the way to the rest, and where the text ends.
      const [note, save] = cutLenses(top, shown.preview, view, uri);
      const last = document.lineCount - 1;
      lenses.splice(1, 0, note);
      lenses.push(save, ...(last > 0 ? cutLenses(new Range(last, 0, last, 0), shown.preview, view, uri) : []));
    }
    const next = continueTitle(view);
    // The first one: in a narrow editor the others may be out of sight.
    if (next !== undefined) lenses.unshift(lens(`$(debug-continue) ${next}`, COMMANDS.continuePages, uri));
    else if (view.partial)
      lenses.unshift(sent(`$(warning) ${l10n.t('Not all pages came')}`, l10n.t('Run the request again for the rest')));
    if (view.missingGrants.length > 0) {
      const title = `$(add) ${l10n.t('Add the missing <field> lines to plugin.xml')}`;
      lenses.push(lens(title, COMMANDS.addMissingFields, view.missingGrants));
    }
    // The last one: a long sentence would push what can be clicked out of sight.
    for (const problem of [...(view.pages?.drift ?? []), view.explanation]) {
      if (!problem) continue;
      const { code, message, mend } = problem;
      lenses.push(lens(`$(warning) ${message} ${mend} (${code})`, COMMANDS.openReference, code));
    }
    return lenses;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#didShow.dispose();
    this.#lensesChanged.dispose();
    this.#shown.clear();
  }

  /** The answer that a response document shows. */
  viewOf(uri: Uri): ResponseView | undefined {
    return this.#shown.get(uri.query)?.view;
  }

  #renew(shown: readonly Pick<Shown, 'view'>[]): void {
    for (const { view } of shown) {
      this.#changed.fire(bodyUri(view));
      this.#changed.fire(exchangeUri(view));
    }
    this.#lensesChanged.fire();
  }

  /** Menus offer the table for these documents. */
  #tellRecords(): void {
    const views = [...this.#shown.values()].map(({ view }) => view);
    const uris = views.filter(({ records }) => (records ?? 0) > 0).map((view) => bodyUri(view).toString());
    void commands.executeCommand('setContext', CONTEXT_KEYS.hasRecords, uris);
  }

  /** Forgets answers whose last tab was closed. One that is just being opened has no tab yet, and stays. */
  #drop(closed: readonly string[]): void {
    if (closed.length === 0) return;
    const open = new Set(window.tabGroups.all.flatMap((group) => group.tabs).flatMap(responseKeys));
    for (const key of closed) {
      const shown = this.#shown.get(key);
      if (!shown || open.has(key)) continue;
      this.#shown.delete(key);
      this.#notes.delete(bodyUri(shown.view));
      void shown.hold.release();
    }
    this.#tellRecords();
  }
}

/** What goes on where the pages ended; undefined when they did not end early. */
function continueTitle({ pages }: ResponseView): string | undefined {
  if (!pages?.unfinished) return undefined;
  const here = pages.unfinished.records.toLocaleString();
  return pages.count === undefined
    ? l10n.t('Continue: {0} records are here', here)
    : l10n.t('Continue: {0} of {1} records are here', here, pages.count.toLocaleString());
}

/** That a document holds the first part only, and the ways to the whole: the table, which lists all, and a file. */
function cutLenses(
  at: Range,
  { records }: Omit<VisibleBody, 'text'>,
  view: ResponseView,
  uri: Uri,
): [note: CodeLens, save: CodeLens] {
  const all = view.records ?? 0;
  const title =
    records === undefined || all === 0
      ? l10n.t('Only the first part is shown')
      : l10n.t('The first {0} of {1} records are shown', records.toLocaleString(), all.toLocaleString());
  const tooltip = l10n.t(
    'The table and a saved file have all. The setting powerschool.response.previewLimit says how large an answer may be to be shown whole.',
  );
  const lens = (text: string, command: string): CodeLens =>
    new CodeLens(at, { title: text, tooltip, command, arguments: [uri] });
  return [
    lens(title, all > 0 ? COMMANDS.openTable : COMMANDS.saveResponse),
    lens(`$(save-as) ${l10n.t('Save Whole Response')}`, COMMANDS.saveResponse),
  ];
}

/** The key of the answer that a tab shows, if it shows one. */
function responseKeys({ input }: Tab): string[] {
  return input instanceof TabInputText && input.uri.scheme === RESPONSE_SCHEME ? [input.uri.query] : [];
}

function bodyUri(view: ResponseView): Uri {
  return Uri.from({ scheme: RESPONSE_SCHEME, path: `/response/${view.title}.${extensionOf(view)}`, query: view.key });
}

function exchangeUri(view: ResponseView): Uri {
  return Uri.from({ scheme: RESPONSE_SCHEME, path: `/exchange/${view.title}.exchange.ps.http`, query: view.key });
}

async function openBeside(uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, { viewColumn: columnForResponses(), preserveFocus: true, preview: true });
}

/** Where responses already are, else beside the request. */
function columnForResponses(): ViewColumn {
  for (const group of window.tabGroups.all) {
    const holds = group.tabs.some(({ input }) => input instanceof TabInputText && input.uri.scheme === RESPONSE_SCHEME);
    if (holds) return group.viewColumn;
  }
  return ViewColumn.Beside;
}
