import { Uri, commands, l10n, window, workspace, type QuickPickItem } from 'vscode';
import { timeOf, type HistoryEntry } from '../../core/history/historyEntry.ts';
import { AnswerBody } from '../../core/run/answerBody.ts';
import { movedTo } from '../../core/run/sentRequest.ts';
import type { Server } from '../../core/powerschool/server.ts';
import { COMMANDS, SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import { showError } from '../problems/showError.ts';
import { withPagesProgress } from '../requests/allPagesRun.ts';
import type { RequestRunner } from '../requests/requestRunner.ts';
import { viewOfEntry } from '../requests/resultView.ts';
import { maySend } from '../requests/trust.ts';
import type { ResponseDocuments } from '../response/responseDocuments.ts';
import { summaryOf } from '../response/responseText.ts';
import type { ResponseView } from '../response/responseView.ts';
import { pickServer } from '../servers/selectServer.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import type { Comparisons } from './comparison.ts';
import type { HistoryBook } from './historyBook.ts';

const MEGABYTE = 1_000_000;

export interface HistoryActionsOptions {
  readonly book: HistoryBook;
  readonly registry: ServerRegistry;
  readonly runner: RequestRunner;
  readonly responses: ResponseDocuments;
  readonly comparisons: Comparisons;
}

/** What can be done with entries of the history, and with the answers that they stand for. */
export class HistoryActions {
  readonly #options: HistoryActionsOptions;

  constructor(options: HistoryActionsOptions) {
    this.#options = options;
  }

  /** The answer while it is kept, else the request as it was sent. */
  async open(entry: HistoryEntry): Promise<void> {
    const { book, responses } = this.#options;
    const body = await book.answer(entry);
    if (body) return responses.show(this.#view(entry, body));
    await this.openSent(entry);
  }

  /** The request as it was sent, with what is known of its answer. */
  async openSent(entry: HistoryEntry): Promise<void> {
    const { book, responses } = this.#options;
    await responses.showSent(this.#view(entry, (await book.answer(entry)) ?? NO_BODY));
  }

  /** Sends it again to the server it went to, and shows the answer. */
  async runAgain(entry: HistoryEntry): Promise<void> {
    const server = await this.#serverOf(entry);
    if (server === 'dismissed') return;
    const answered = await this.#send(entry, server);
    if (answered) await this.#options.responses.show(answered);
  }

  /** Sends it to another server too, and compares the two answers. */
  async runOnAnotherServer(entry: HistoryEntry): Promise<void> {
    const { registry, comparisons } = this.#options;
    const others = registry.servers.filter(
      ({ id, origin }) => id !== entry.server?.id || origin !== entry.server.origin,
    );
    const picked = await askServer(others, undefined, l10n.t('On which server shall it run too?'));
    if (picked === 'dismissed') return;
    const first = (await this.#kept(entry)) ?? (await this.#again(entry));
    if (!first) return;
    const second = await this.#send(entry, picked);
    if (second) await comparisons.open(first, second);
  }

  /** Compares two answers; of one alone the other is asked for. */
  async compare(first: ResponseView, second?: ResponseView): Promise<void> {
    const other = second ?? (await this.#pickOther(first));
    if (!other) return;
    const [left, right] = [first, other].toSorted((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0));
    if (left && right) await this.#options.comparisons.open(left, right);
  }

  /** The answer of an entry to compare; offers to run it again when it is no longer kept. */
  async comparable(entry: HistoryEntry): Promise<ResponseView | undefined> {
    const kept = await this.#kept(entry);
    if (kept) return kept;
    const again = l10n.t('Run Again');
    const answer = await window.showInformationMessage(
      l10n.t('The answer of {0} is no longer kept.', `${entry.method} ${entry.title}`),
      again,
    );
    return answer === again ? this.#again(entry) : undefined;
  }

  async entryOf(id: string | undefined): Promise<HistoryEntry | undefined> {
    return id === undefined ? undefined : (await this.#options.book.entries()).find((entry) => entry.id === id);
  }

  async clear(): Promise<void> {
    const clear = l10n.t('Clear History');
    const detail = l10n.t('What was sent is forgotten, in every window. Request files stay.');
    const answer = await window.showWarningMessage(l10n.t('Clear the history?'), { modal: true, detail }, clear);
    if (answer === clear) await this.#options.book.clear();
  }

  async #kept(entry: HistoryEntry): Promise<ResponseView | undefined> {
    const body = await this.#options.book.answer(entry);
    return body && this.#view(entry, body);
  }

  async #again(entry: HistoryEntry): Promise<ResponseView | undefined> {
    const server = await this.#serverOf(entry);
    return server === 'dismissed' ? undefined : this.#send(entry, server);
  }

  #view(entry: HistoryEntry, body: AnswerBody): ResponseView {
    const settings = workspace.getConfiguration(SETTINGS_SECTION);
    const limit = settings.get<number>(SETTINGS.previewLimit, 2) * MEGABYTE;
    const key = `history:${entry.id}`;
    return viewOfEntry(entry, { key, body, limit, sentBody: this.#options.book.sentBody(entry), missingGrants: [] });
  }

  /** The server of an entry as it is now; asks when it is gone. Undefined when the request never had one. */
  async #serverOf({ server }: HistoryEntry): Promise<Server | undefined | 'dismissed'> {
    if (!server) return undefined;
    const { registry } = this.#options;
    const same = registry.servers.filter(({ origin }) => origin === server.origin);
    const found = same.find(({ id }) => id === server.id) ?? same[0];
    if (found) return found;
    const question = l10n.t('The server {0} ({1}) is gone. Where shall the request go?', server.name, server.origin);
    return askServer(registry.servers, registry.active, question);
  }

  async #send(entry: HistoryEntry, server: Server | undefined): Promise<ResponseView | undefined> {
    const { book, runner } = this.#options;
    if (!maySend()) return undefined;
    const before = book.sentRequest(entry);
    const request = before && server ? movedTo(before, server) : before;
    if (!request) {
      await sayIncomplete(entry);
      return undefined;
    }
    const sent =
      request.pages === 'all'
        ? await withPagesProgress(entry.title, undefined, (all) => runner.sendAgain(request, entry, all))
        : await runner.sendAgain(request, entry);
    if (!sent) return undefined;
    const body = sent.entry && (await book.answer(sent.entry));
    if (sent.entry && body) return this.#view(sent.entry, body);
    if (sent.error) await showError(sent.error, server);
    return undefined;
  }

  async #pickOther(first: ResponseView): Promise<ResponseView | undefined> {
    const { book } = this.#options;
    const others = (await book.entries()).filter((entry) => entry.id !== first.historyId && book.hasAnswer(entry));
    const alike = others.filter(({ url }) => new URL(url).pathname === new URL(first.url).pathname);
    const items = [...new Set([...alike, ...others])].map(itemOf);
    if (items.length === 0) {
      await window.showInformationMessage(l10n.t('There is no other answer yet. Run a second request first.'));
      return undefined;
    }
    const placeHolder = l10n.t('Which answer shall it be compared with?');
    const picked = await window.showQuickPick(items, { placeHolder, matchOnDescription: true });
    return picked && this.#kept(picked.entry);
  }
}

async function askServer(
  servers: readonly Server[],
  active: Server | undefined,
  question: string,
): Promise<Server | 'dismissed'> {
  const picked = await pickServer(servers, active, question);
  if (picked === 'add') await commands.executeCommand(COMMANDS.addServer);
  return picked === undefined || picked === 'add' ? 'dismissed' : picked;
}

function itemOf(entry: HistoryEntry): QuickPickItem & { readonly entry: HistoryEntry } {
  return {
    label: `${entry.method} ${entry.title}`,
    description: [entry.server?.name, new Date(timeOf(entry.id)).toLocaleTimeString()].filter(Boolean).join(' · '),
    detail: entry.answer ? summaryOf(entry.answer) : '',
    entry,
  };
}

/** A body that is not there: its document shows the request alone. */
const NO_BODY = new AnswerBody(0, undefined, undefined);

/** Secrets and bodies of writes are not kept: only the request file has them. */
async function sayIncomplete({ source }: HistoryEntry): Promise<void> {
  const open = l10n.t('Open Request File');
  const answer = await window.showInformationMessage(
    l10n.t('Secrets and written records are not kept: run this request from its file.'),
    ...(source === undefined ? [] : [open]),
  );
  if (answer === open && source !== undefined) await commands.executeCommand('vscode.open', Uri.parse(source));
}
