import {
  CodeLens,
  EventEmitter,
  Range,
  TabInputText,
  Uri,
  ViewColumn,
  l10n,
  window,
  workspace,
  type CodeLensProvider,
  type Disposable,
  type Tab,
  type TextDocument,
  type TextDocumentContentProvider,
} from 'vscode';
import { COMMANDS, RESPONSE_SCHEME } from '../contributions.ts';
import { bodyText, exchangeText, extensionOf, summaryOf } from './responseText.ts';
import type { ResponseView } from './responseView.ts';

/**
 * Answers as native read-only documents: the body, and the exchange (sent request, headers, timing) one click away.
 * Bodies live in memory and go with their tab.
 */
export class ResponseDocuments implements TextDocumentContentProvider, CodeLensProvider, Disposable {
  readonly #views = new Map<string, ResponseView>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #lensesChanged = new EventEmitter<void>();
  readonly #subscriptions: Disposable[] = [];

  readonly onDidChange = this.#changed.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;

  constructor() {
    this.#subscriptions.push(
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        this.#drop(closed.flatMap(responseKeys));
      }),
    );
  }

  /** Opens the answer beside the active editor, or renews the document of the same request. */
  async show(view: ResponseView): Promise<void> {
    this.#views.set(view.key, view);
    const uri = bodyUri(view);
    this.#changed.fire(uri);
    this.#changed.fire(exchangeUri(view));
    this.#lensesChanged.fire();
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { viewColumn: columnForResponses(), preserveFocus: true, preview: true });
  }

  /** Opens the exchange of the answer that `uri` shows. */
  async showExchange(uri: Uri): Promise<void> {
    const view = this.#viewOf(uri);
    if (!view) return;
    const document = await workspace.openTextDocument(exchangeUri(view));
    await window.showTextDocument(document, { preview: true });
  }

  provideTextDocumentContent(uri: Uri): string {
    const view = this.#viewOf(uri);
    if (!view) return l10n.t('This response is no longer kept. Run the request again to see it.');
    return uri.path.startsWith('/exchange/') ? exchangeText(view) : bodyText(view);
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const view = this.#viewOf(document.uri);
    if (!view || document.uri.path.startsWith('/exchange/')) return [];
    const top = new Range(0, 0, 0, 0);
    const lens = (title: string, tooltip: string): CodeLens =>
      new CodeLens(top, { title, tooltip, command: COMMANDS.showSentRequest, arguments: [document.uri] });
    const lenses = [
      lens(`${summaryOf(view)} · ${view.serverName}`, l10n.t('Show the sent request, headers and timing')),
    ];
    if (view.truncated)
      lenses.push(
        lens(l10n.t('Only the first part is shown'), l10n.t('See the setting powerschool.response.previewLimit')),
      );
    if (view.missingGrants.length > 0) {
      const title = `$(add) ${l10n.t('Add the missing <field> lines to plugin.xml')}`;
      lenses.push(new CodeLens(top, { title, command: COMMANDS.addMissingFields, arguments: [view.missingGrants] }));
    }
    if (view.explanation) {
      // The last one: a long sentence would push what can be clicked out of sight.
      const { code, message, mend } = view.explanation;
      lenses.push(
        new CodeLens(top, {
          title: `$(warning) ${message} ${mend} (${code})`,
          command: COMMANDS.openReference,
          arguments: [code],
        }),
      );
    }
    return lenses;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#lensesChanged.dispose();
    this.#views.clear();
  }

  #viewOf(uri: Uri): ResponseView | undefined {
    return this.#views.get(uri.query);
  }

  /** Forgets answers whose last tab was closed. One that is just being opened has no tab yet, and stays. */
  #drop(closed: readonly string[]): void {
    if (closed.length === 0) return;
    const open = new Set(window.tabGroups.all.flatMap((group) => group.tabs).flatMap(responseKeys));
    for (const key of closed) if (!open.has(key)) this.#views.delete(key);
  }
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

/** Where responses already are, else beside the request. */
function columnForResponses(): ViewColumn {
  for (const group of window.tabGroups.all) {
    const holds = group.tabs.some(({ input }) => input instanceof TabInputText && input.uri.scheme === RESPONSE_SCHEME);
    if (holds) return group.viewColumn;
  }
  return ViewColumn.Beside;
}
