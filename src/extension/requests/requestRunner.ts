import { ProgressLocation, commands, l10n, window, workspace, type Disposable, type TextDocument } from 'vscode';
import { dirname } from 'node:path';
import type { NamedAnswers } from '../../core/run/answer.ts';
import type { RunEvent, RunFile } from '../../core/run/runOptions.ts';
import type { Server } from '../../core/powerschool/server.ts';
import type { RunResult } from '../../core/run/runResult.ts';
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
import type { RunLog, RunState } from './runLog.ts';
import type { EnvironmentChoice } from './environmentChoice.ts';
import { createRunPorts, type AnswerListener } from './runPorts.ts';
import { responseViewOf } from './resultView.ts';

const MEGABYTE = 1_000_000;
/** Larger bodies lie in the extension's storage. */
const BODY_LIMIT = 4 * MEGABYTE;

export interface RequestRunnerOptions {
  readonly registry: ServerRegistry;
  readonly clients: ServerClients;
  readonly parser: RequestParser;
  readonly runs: RunLog;
  readonly environment: EnvironmentChoice;
  readonly responses: ResponseDocuments;
  readonly bodies: BodyStore;
  readonly learn: AnswerListener;
}

/** Some requests of one document. */
export interface Selection {
  readonly document: TextDocument;
  readonly select: (request: RequestEntry) => boolean;
}

/** What the documents of one run share. */
interface OngoingRun {
  readonly signal: AbortSignal;
  readonly report: (message: string) => void;
  readonly onEvent: (event: RunEvent, document: TextDocument) => Promise<void> | void;
  readonly bodies: RunBodies;
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

  /** Runs the request with this index, or all of the document, and shows the answer of a lone one. */
  async run(document: TextDocument, index: number | 'all'): Promise<void> {
    const { requests } = await this.#options.parser.parse(document);
    const alone = index !== 'all' || requests.length === 1;
    const select = (request: RequestEntry): boolean => index === 'all' || request.index === index;
    await this.runMany([{ document, select }], async (event) => {
      if (event.kind === 'result' && alone) await this.#showResult(document, event.result);
    });
  }

  /** Runs requests of several documents in order, with progress in the status bar; tells each event. */
  async runMany(
    selections: readonly Selection[],
    onEvent: (event: RunEvent, document: TextDocument) => Promise<void> | void,
    signal?: AbortSignal,
  ): Promise<void> {
    const running = new AbortController();
    const stop = (): void => running.abort();
    signal?.addEventListener('abort', stop);
    const bodies = this.#options.bodies.run();
    this.#begin(running);
    try {
      await window.withProgress(
        { location: ProgressLocation.Window, title: l10n.t('Waiting for PowerSchool') },
        async (progress) => {
          for (const selection of selections) {
            if (running.signal.aborted) return;
            const report = (message: string): void => progress.report({ message });
            await this.#runDocument(selection, { signal: running.signal, report, onEvent, bodies });
          }
        },
      );
    } catch (error) {
      await showError(error);
    } finally {
      signal?.removeEventListener('abort', stop);
      await this.#release(bodies);
      this.#end(running);
    }
  }

  /** Ends every running request; its connection is closed at once. */
  cancel(): void {
    for (const running of this.#running) running.abort();
  }

  dispose(): void {
    this.cancel();
  }

  async #runDocument({ document, select }: Selection, { signal, report, onEvent, bodies }: OngoingRun): Promise<void> {
    const { registry, clients, runs, learn, environment } = this.#options;
    const settings = workspace.getConfiguration(SETTINGS_SECTION, document);
    const { runRequests } = await import('../../core/run/runRequests.ts');
    const events: AsyncIterable<RunEvent> = runRequests({
      files: [await this.#runFile(document)],
      select,
      env: environment.current,
      ports: { ...createRunPorts(registry, clients, learn), openSpool: bodies.openSpool },
      timeout: settings.get<number>(SETTINGS.timeout, 60) * 1000,
      bodyLimit: BODY_LIMIT,
      indexLarge: true,
      signal,
    });
    let open: RequestEntry | undefined;
    try {
      for await (const event of events) {
        if (event.kind === 'start') {
          open = event.request;
          runs.set(document, event.request, { kind: 'running' });
          const label = requestLabel(event.request);
          report(event.total === 1 ? label : `${label} (${event.index + 1}/${event.total})`);
        } else {
          open = undefined;
          runs.set(document, event.result.request, stateOf(event.result));
        }
        await onEvent(event, document);
      }
    } finally {
      if (open) runs.set(document, open, undefined);
    }
  }

  async #showResult(document: TextDocument, result: RunResult): Promise<void> {
    const { responses, registry } = this.#options;
    const { answer, error, outcome, request } = result;
    if (result.dependency || outcome === 'cancelled') return;
    if (!answer) {
      // Not waited for: the run has ended whether or not somebody answers.
      if (error) void showError(error, serverOf(result, registry));
      return;
    }
    const settings = workspace.getConfiguration(SETTINGS_SECTION, document);
    const limit = settings.get<number>(SETTINGS.previewLimit, 2) * MEGABYTE;
    const serverName = serverNameOf(result, registry);
    const key = requestKey(document.uri, request);
    await responses.show(
      responseViewOf({ key, title: titleOf(request), serverName, result, answer, limit, historyId: undefined }),
    );
  }

  async #runFile(document: TextDocument): Promise<RunFile> {
    const { uri } = document;
    const key = uri.toString();
    const { NamedAnswers } = await import('../../core/run/answer.ts');
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
  const { answer, error, outcome } = result;
  if (!answer) {
    const message = outcome === 'cancelled' ? l10n.t('Cancelled') : (error?.message ?? l10n.t('Not sent'));
    return { kind: 'failed', message, result };
  }
  const failed = result.expectations.filter(({ passed }) => !passed).length;
  const size = answer.body.size;
  const facts = summaryOf({ ...answer, size, records: answer.records ?? null });
  const summary = failed === 0 ? facts : `${facts} · ${l10n.t('failed expectations: {0}', failed)}`;
  return { kind: 'answered', summary, passed: outcome === 'passed', result };
}

function titleOf(request: RequestEntry): string {
  const label = request.name?.text ?? request.title?.text ?? request.target.text.split(/[?#]/)[0] ?? '';
  return (
    label
      .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'response'
  );
}

function serverNameOf(result: RunResult, registry: ServerRegistry): string {
  const server = serverOf(result, registry);
  if (server) return server.name;
  return URL.canParse(result.url) ? new URL(result.url).host : result.url;
}

/** The server that a request went to; several may have one address, and the active one is the likeliest. */
function serverOf({ url }: RunResult, registry: ServerRegistry): Server | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin } = new URL(url);
  return registry.active?.origin === origin
    ? registry.active
    : registry.servers.find((server) => server.origin === origin);
}
