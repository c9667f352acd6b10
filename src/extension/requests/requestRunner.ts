import { ProgressLocation, commands, l10n, window, workspace, type Disposable, type TextDocument } from 'vscode';
import { dirname } from 'node:path';
import type { NamedAnswers } from '../../core/run/answer.ts';
import type { PagesFollower } from '../../core/run/allPages.ts';
import type { ReadyRequest } from '../../core/run/requestRun.ts';
import type { RunEvent, RunFile, RunOptions } from '../../core/run/runOptions.ts';
import { shownBody, type HistoryEntry } from '../../core/history/historyEntry.ts';
import type { Server } from '../../core/powerschool/server.ts';
import type { ExplainedError } from '../../core/problem/explainedError.ts';
import type { RunResult } from '../../core/run/runResult.ts';
import type { SentRequest } from '../../core/run/sentRequest.ts';
import { environmentsOf } from './environmentsOf.ts';
import type { RequestEntry } from '../../core/request/requestFile.ts';
import { CONTEXT_KEYS, SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import { showError } from '../problems/showError.ts';
import type { BodyStore, RunBodies } from '../response/bodyStore.ts';
import type { ResponseDocuments } from '../response/responseDocuments.ts';
import { summaryOf } from '../response/responseText.ts';
import type { ServerClients } from '../servers/serverClients.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import { requestLabel, type RequestParser } from './requestDocuments.ts';
import { requestKey } from './requestKey.ts';
import { keptAnswer, type RunLog, type RunState } from './runLog.ts';
import type { EnvironmentChoice } from './environmentChoice.ts';
import { createRunPorts, type AnswerListener } from './runPorts.ts';
import { missingGrantsOf, viewOfEntry } from './resultView.ts';
import { maySend } from './trust.ts';

const MEGABYTE = 1_000_000;
/** Larger bodies lie in the extension's storage. */
const BODY_LIMIT = 4 * MEGABYTE;

/** Milliseconds for which the outcome of several requests stands in the status bar. */
const SUMMARY_SHOWN = 10_000;

/** The question of a prompt or of a write was declined. */
const OWN_REFUSALS: ReadonlySet<string> = new Set(['PS570', 'PS576']);

export interface RequestRunnerOptions {
  readonly registry: ServerRegistry;
  readonly clients: ServerClients;
  readonly parser: RequestParser;
  readonly runs: RunLog;
  readonly environment: EnvironmentChoice;
  readonly responses: ResponseDocuments;
  readonly bodies: BodyStore;
  readonly history: HistoryRecorder;
  readonly learn: AnswerListener;
}

/** Remembers what was sent; undefined for what was not. */
export interface HistoryRecorder {
  add(
    result: RunResult,
    words: {
      readonly title: string;
      readonly source: string | undefined;
      readonly at: number;
      /** Of an export. */
      readonly file?: string | undefined;
    },
  ): Promise<HistoryEntry | undefined>;
}

/** Some requests of one document. */
export interface Selection {
  readonly document: TextDocument;
  readonly select: (request: RequestEntry) => boolean;
}

/** Hears what happens, and with a result what the history has of it. */
type RunListener = (event: RunEvent, document: TextDocument, entry?: HistoryEntry) => Promise<void> | void;

/** What the documents of one run share. */
interface OngoingRun {
  readonly signal: AbortSignal;
  readonly report: (message: string) => void;
  readonly onEvent: RunListener;
  readonly bodies: RunBodies;
  readonly pages: PagesFollower | undefined;
}

/** Runs requests of open documents: progress beside the request, answers beside the file, one cancel for all. */
export class RequestRunner implements Disposable {
  readonly #options: RequestRunnerOptions;
  readonly #running = new Set<AbortController>();
  /** Answers of named requests, so that a later run may use them. */
  readonly #answers = new Map<string, NamedAnswers>();

  constructor(options: RequestRunnerOptions) {
    this.#options = options;
  }

  /** Runs the requests with these indexes, or all of the document, and shows the answer of a lone one. */
  async run(document: TextDocument, indexes: readonly number[] | 'all'): Promise<void> {
    const { requests } = await this.#options.parser.parse(document);
    const select = ({ index }: RequestEntry): boolean => indexes === 'all' || indexes.includes(index);
    const selected = requests.filter(select);
    if (selected.length > 1) return this.runAll([{ document, select }]);
    const [lone] = selected;
    const pages = lone?.directives.findLast(({ name }) => name.text === 'pages')?.value.text;
    if (lone && pages === 'all') {
      const { runAllPages } = await import('./requestRuns.ts');
      return runAllPages({ document, request: lone }, { runner: this, bodies: this.#options.bodies });
    }
    await this.runMany([{ document, select }], async (event, _, entry) => {
      if (event.kind === 'result') await this.showResult(document, event.result, entry);
    });
  }

  /** Runs several requests; the status bar tells at the end how they went. */
  async runAll(selections: readonly Selection[]): Promise<void> {
    let passed = 0;
    let total = 0;
    await this.runMany(selections, (event) => {
      if (event.kind !== 'result') return;
      total++;
      if (event.result.outcome === 'passed') passed++;
    });
    if (total === 0) return;
    const icon = passed === total ? '$(pass)' : '$(error)';
    window.setStatusBarMessage(`${icon} ${l10n.t('{0} of {1} requests passed', passed, total)}`, SUMMARY_SHOWN);
  }

  /** Puts a request together without sending it; those whose answers it uses are sent first. */
  async prepare(
    document: TextDocument,
    request: RequestEntry,
    signal: AbortSignal,
  ): Promise<ReadyRequest | RunResult | undefined> {
    const bodies = this.#options.bodies.run();
    try {
      const { prepareSelected } = await import('./requestRuns.ts');
      const selection = { document, select: ({ index }: RequestEntry) => index === request.index };
      return await prepareSelected(await this.#runOptions(selection, bodies, signal));
    } finally {
      await this.#release(bodies);
    }
  }

  /**
   * Runs requests of several documents in order, with progress in the status bar; tells each event.
   * @param pages fetches all pages of every request that reads, and hears how far that came.
   */
  async runMany(
    selections: readonly Selection[],
    onEvent: RunListener,
    signal?: AbortSignal,
    pages?: PagesFollower,
  ): Promise<void> {
    await this.#whileRunning(async (running, report, bodies) => {
      for (const selection of selections) {
        if (running.aborted) return;
        await this.#runDocument(selection, { signal: running, report, onEvent, bodies, pages });
      }
    }, signal);
  }

  /** Shows progress and offers to cancel; large bodies that nobody holds go at the end. Errors are shown. */
  async #whileRunning<T>(
    work: (signal: AbortSignal, report: (message: string) => void, bodies: RunBodies) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T | undefined> {
    if (!maySend()) return undefined;
    const running = new AbortController();
    const stop = (): void => running.abort();
    signal?.addEventListener('abort', stop);
    const bodies = this.#options.bodies.run();
    this.#begin(running);
    try {
      return await window.withProgress(
        { location: ProgressLocation.Window, title: l10n.t('Waiting for PowerSchool') },
        (progress) => work(running.signal, (message) => progress.report({ message }), bodies),
      );
    } catch (error) {
      await showError(error);
      return undefined;
    } finally {
      signal?.removeEventListener('abort', stop);
      await this.#release(bodies);
      this.#end(running);
    }
  }

  /** Puts a result into the history. */
  remember(
    { uri }: TextDocument,
    result: RunResult,
    when: { readonly at: number; readonly file?: string },
  ): Promise<HistoryEntry | undefined> {
    return this.#options.history.add(result, { ...when, title: titleOf(result.request), source: uri.toString() });
  }

  /**
   * Sends a request of before again; its server is the one it names.
   * @param all of one that brings all pages: who hears how far that came.
   */
  async sendAgain(
    request: SentRequest,
    { title, source }: { readonly title: string; readonly source: string | undefined },
    all?: { readonly signal: AbortSignal; readonly pages: PagesFollower },
  ): Promise<{ readonly entry: HistoryEntry | undefined; readonly error: ExplainedError | undefined } | undefined> {
    const { registry, clients, learn, history } = this.#options;
    const ports = createRunPorts(registry, clients, learn);
    const settings = workspace.getConfiguration(SETTINGS_SECTION);
    return this.#whileRunning(async (signal, report, bodies) => {
      report(title);
      const { sendAgain } = await import('./requestRuns.ts');
      const at = Date.now();
      const connection = request.server && (await ports.connect(request.server));
      const result = await sendAgain(connection, {
        request,
        title,
        ports: { ...ports, openSpool: bodies.openSpool },
        timeout: settings.get<number>(SETTINGS.timeout, 60) * 1000,
        concurrency: settings.get<number>(SETTINGS.concurrency, 4),
        bodyLimit: BODY_LIMIT,
        indexLarge: true,
        signal,
        pages: all?.pages,
      });
      return { entry: await history.add(result, { title, source, at }), error: result.error };
    }, all?.signal);
  }

  /** Ends every running request; its connection is closed at once. */
  cancel(): void {
    for (const running of this.#running) running.abort();
  }

  /** Drops the answers that later requests of a document could use. */
  forget(document: TextDocument): void {
    this.#answers.delete(document.uri.toString());
  }

  /** Stops what runs and forgets every answer. */
  forgetAll(): void {
    this.cancel();
    this.#answers.clear();
    this.#options.runs.clear();
  }

  dispose(): void {
    this.cancel();
  }

  async #runDocument(selection: Selection, run: OngoingRun): Promise<void> {
    const { document } = selection;
    const { signal, report, onEvent, bodies, pages } = run;
    const { runs } = this.#options;
    const { runRequests } = await import('./requestRuns.ts');
    const options = await this.#runOptions(selection, bodies, signal);
    const events: AsyncIterable<RunEvent> = runRequests({ ...options, pages });
    let open: RequestEntry | undefined;
    let at = 0;
    try {
      for await (const event of events) {
        let entry: HistoryEntry | undefined;
        if (event.kind === 'start') {
          open = event.request;
          at = Date.now();
          runs.set(document, event.request, { kind: 'running' });
          const label = requestLabel(event.request);
          report(event.total === 1 ? label : `${label} (${event.index + 1}/${event.total})`);
        } else {
          open = undefined;
          runs.set(document, event.result.request, stateOf(event.result));
          entry = await this.remember(document, event.result, { at });
        }
        await onEvent(event, document, entry);
      }
    } finally {
      if (open) runs.set(document, open, undefined);
    }
  }

  async #runOptions({ document, select }: Selection, bodies: RunBodies, signal: AbortSignal): Promise<RunOptions> {
    const { registry, clients, learn, environment } = this.#options;
    const settings = workspace.getConfiguration(SETTINGS_SECTION, document);
    return {
      files: [await this.#runFile(document)],
      select,
      env: environment.current,
      ports: { ...createRunPorts(registry, clients, learn), openSpool: bodies.openSpool },
      timeout: settings.get<number>(SETTINGS.timeout, 60) * 1000,
      concurrency: settings.get<number>(SETTINGS.concurrency, 4),
      bodyLimit: BODY_LIMIT,
      indexLarge: true,
      signal,
    };
  }

  /** Shows the answer of a request, or says why there is none. */
  async showResult(document: TextDocument, result: RunResult, entry: HistoryEntry | undefined): Promise<void> {
    const { responses, registry } = this.#options;
    const { answer, error, outcome, request } = result;
    if (result.dependency || (outcome === 'cancelled' && !answer)) return;
    if (!answer) {
      // Not waited for: the run has ended whether or not somebody answers. Who said no himself knows it already.
      if (error && !OWN_REFUSALS.has(error.code)) void showError(error, serverOf(result, registry));
      return;
    }
    if (!entry) return;
    const settings = workspace.getConfiguration(SETTINGS_SECTION, document);
    const view = viewOfEntry(entry, {
      key: requestKey(document.uri, request),
      body: answer.body,
      limit: settings.get<number>(SETTINGS.previewLimit, 2) * MEGABYTE,
      sentBody: result.sent && shownBody(result.sent),
      missingGrants: missingGrantsOf(error),
    });
    await responses.show({ ...view, pages: answer.pages });
  }

  async #runFile(document: TextDocument): Promise<RunFile> {
    const { uri } = document;
    const key = uri.toString();
    const { NamedAnswers } = await import('./requestRuns.ts');
    const answers = this.#answers.get(key) ?? new NamedAnswers();
    this.#answers.set(key, answers);
    const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
    return {
      path: uri.fsPath,
      location: uri.fsPath,
      file: await this.#options.parser.parse(document),
      environments: await environmentsOf(uri),
      roots: folders.length > 0 ? folders : [dirname(uri.fsPath)],
      answers,
    };
  }

  /** Large bodies that no document shows go with the run that brought them. */
  async #release(bodies: RunBodies): Promise<void> {
    await bodies.release();
    for (const answers of this.#answers.values()) {
      answers.forgetUnless(({ body }) => this.#options.bodies.has(body));
    }
  }

  #begin(running: AbortController): void {
    this.#running.add(running);
    void commands.executeCommand('setContext', CONTEXT_KEYS.requestRunning, true);
  }

  #end(running: AbortController): void {
    this.#running.delete(running);
    void commands.executeCommand('setContext', CONTEXT_KEYS.requestRunning, this.#running.size > 0);
  }
}

/** What a lens and the views tell of a result. */
function stateOf(result: RunResult): RunState {
  const { answer, error, outcome, expectations } = result;
  if (!answer) {
    const message = outcome === 'cancelled' ? l10n.t('Cancelled') : (error?.message ?? l10n.t('Not sent'));
    return { kind: 'failed', message, expectations };
  }
  const failed = expectations.filter(({ passed }) => !passed).length;
  const size = answer.body.size;
  const facts = summaryOf({ ...answer, size, records: answer.records ?? null });
  // First what matters: the end of a long lens is out of sight.
  const parts = failed === 0 ? [] : [l10n.t('{0} of {1} expectations failed', failed, expectations.length)];
  if (answer.pages?.unfinished) parts.push(l10n.t('not all pages'));
  const summary = [...parts, facts].join(' · ');
  return { kind: 'answered', summary, passed: outcome === 'passed', expectations, answer: keptAnswer(answer) };
}

/** What the history and the tab of an answer call a request: never its query, which may name a person. */
function titleOf(request: RequestEntry): string {
  return request.name?.text ?? request.title?.text ?? request.target.text.split(/[?#]/)[0] ?? '';
}

/** The server that a request went to; several may have one address, and the active one is the likeliest. */
function serverOf({ url }: RunResult, registry: ServerRegistry): Server | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin } = new URL(url);
  return registry.active?.origin === origin
    ? registry.active
    : registry.servers.find((server) => server.origin === origin);
}
