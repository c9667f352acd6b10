import { ProgressLocation, commands, l10n, window, workspace, type Disposable, type TextDocument } from 'vscode';
import { dirname } from 'node:path';
import type { NamedAnswers } from '../../core/run/answer.ts';
import type { RunEvent, RunFile } from '../../core/run/runOptions.ts';
import type { RunResult } from '../../core/run/runResult.ts';
import { environmentsOf } from './environmentsOf.ts';
import type { RequestEntry } from '../../core/request/requestFile.ts';
import { CONTEXT_KEYS, SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import { describeError, showError } from '../problems/showError.ts';
import type { ResponseDocuments } from '../response/responseDocuments.ts';
import { summaryOf } from '../response/responseText.ts';
import type { ServerClients } from '../servers/serverClients.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import { requestLabel, type RequestParser } from './requestDocuments.ts';
import { requestKey, type RunLenses } from './runLens.ts';
import { createRunPorts, type AnswerListener } from './runPorts.ts';
import { responseViewOf } from './resultView.ts';

const MEGABYTE = 1_000_000;
/** Larger bodies are counted, not kept. */
const BODY_LIMIT = 50 * MEGABYTE;

export interface RequestRunnerOptions {
  readonly registry: ServerRegistry;
  readonly clients: ServerClients;
  readonly parser: RequestParser;
  readonly lenses: RunLenses;
  readonly responses: ResponseDocuments;
  readonly learn: AnswerListener;
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

  /** Runs the request with this index, or all of the document. */
  async run(document: TextDocument, index: number | 'all'): Promise<void> {
    const running = new AbortController();
    this.#begin(running);
    try {
      await window.withProgress(
        { location: ProgressLocation.Window, title: l10n.t('Waiting for PowerSchool') },
        (progress) => this.#runWith(document, index, running.signal, (message) => progress.report({ message })),
      );
    } catch (error) {
      await showError(error);
    } finally {
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

  async #runWith(
    document: TextDocument,
    index: number | 'all',
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<void> {
    const { registry, clients, parser, lenses, learn } = this.#options;
    const settings = workspace.getConfiguration(SETTINGS_SECTION, document);
    const { runRequests } = await import('../../core/run/runRequests.ts');
    const events: AsyncIterable<RunEvent> = runRequests({
      files: [await this.#runFile(document)],
      select: (request) => index === 'all' || request.index === index,
      ports: createRunPorts(registry, clients, learn),
      timeout: settings.get<number>(SETTINGS.timeout, 60) * 1000,
      bodyLimit: BODY_LIMIT,
      signal,
    });
    const { requests } = await parser.parse(document);
    let open: RequestEntry | undefined;
    try {
      for await (const event of events) {
        if (event.kind === 'start') {
          open = event.request;
          lenses.setState(requestKey(document, event.request), { kind: 'running' });
          report(
            event.total === 1
              ? requestLabel(event.request)
              : `${requestLabel(event.request)} (${event.index + 1}/${event.total})`,
          );
        } else {
          open = undefined;
          await this.#showResult(document, event.result, index !== 'all' || requests.length === 1);
        }
      }
    } finally {
      if (open) lenses.setState(requestKey(document, open), undefined);
    }
  }

  async #showResult(document: TextDocument, result: RunResult, alone: boolean): Promise<void> {
    const { lenses, responses, registry } = this.#options;
    const key = requestKey(document, result.request);
    const { answer, error } = result;
    if (!answer) {
      if (result.outcome === 'cancelled') {
        lenses.setState(key, { kind: 'failed', message: l10n.t('Cancelled') });
        return;
      }
      lenses.setState(key, { kind: 'failed', message: error ? error.message : l10n.t('Not sent') });
      if (error && alone) await showError(error);
      return;
    }
    const limit =
      workspace.getConfiguration(SETTINGS_SECTION, document).get<number>(SETTINGS.previewLimit, 2) * MEGABYTE;
    const server = serverNameOf(result, registry);
    const view = responseViewOf({ key, title: titleOf(result.request), serverName: server, result, answer, limit });
    const failed = result.expectations.filter(({ passed }) => !passed).length;
    const summary =
      failed === 0 ? summaryOf(view) : `${summaryOf(view)} · ${l10n.t('{0} expectations failed', failed)}`;
    lenses.setState(key, { kind: 'answered', summary, passed: result.outcome === 'passed' });
    if (alone && !result.dependency) await responses.show(view);
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

  #begin(running: AbortController): void {
    this.#running.add(running);
    void commands.executeCommand('setContext', CONTEXT_KEYS.requestRunning, true);
  }

  #end(running: AbortController): void {
    this.#running.delete(running);
    void commands.executeCommand('setContext', CONTEXT_KEYS.requestRunning, this.#running.size > 0);
  }
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
  try {
    const { origin, host } = new URL(result.url);
    return registry.servers.find((server) => server.origin === origin)?.name ?? host;
  } catch (error) {
    return describeError(error);
  }
}
