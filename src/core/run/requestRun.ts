import { redactText } from '../http/redaction.ts';
import type { Timings } from '../http/transport.ts';
import { explain, ExplainedError } from '../problem/explainedError.ts';
import { directiveValue, readTimeout } from '../request/directiveValues.ts';
import type { EnvironmentLayer } from '../request/environment.ts';
import type { FileVariables } from '../request/fileVariables.ts';
import type { RequestEntry } from '../request/requestFile.ts';
import { isWrite } from '../request/requestKind.ts';
import { REQUEST_PROBLEMS } from '../request/requestProblems.ts';
import { VariableResolver } from '../request/variableResolver.ts';
import { responseValue, type NamedAnswers } from './answer.ts';
import { receiveBody } from './answerBody.ts';
import { checkExpectation, namesError } from './expectation.ts';
import type { RequestSender, RunPorts, SentResponse, ServerConnection } from './ports.ts';
import { malformedExpectations, prepareRequest, type PreparedRequest } from './prepareRequest.ts';
import { countRecords } from './recordCount.ts';
import type { RunFile } from './runOptions.ts';
import type { CheckedExpectation, RunAnswer, RunOutcome, RunResult } from './runResult.ts';

/** What the requests of one file share. */
export interface RunContext {
  readonly file: RunFile;
  readonly variables: FileVariables;
  readonly layers: readonly EnvironmentLayer[];
  readonly vars: ReadonlyMap<string, string>;
  readonly answers: NamedAnswers;
  readonly ports: RunPorts;
  readonly timeout: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly bodyLimit: number;
}

/** One request on its way: put together, sent, answered, compared with its expectations. */
export class RequestRun {
  readonly #entry: RequestEntry;
  readonly #dependency: boolean;
  readonly #context: RunContext;
  readonly #resolver: VariableResolver;

  constructor(entry: RequestEntry, dependency: boolean, context: RunContext) {
    this.#entry = entry;
    this.#dependency = dependency;
    this.#context = context;
    const { ports } = context;
    this.#resolver = new VariableResolver({
      overrides: context.vars,
      file: context.variables,
      layers: context.layers,
      dynamic: { now: ports.now, random: ports.random },
      processEnv: ports.processEnv,
      prompt: ports.prompt,
      responseValue: (value) => responseValue(value, context.answers.get(value.request)),
    });
  }

  /** Never rejects for what a user, a file or a server could cause. */
  async run(): Promise<RunResult> {
    const { signal } = this.#context;
    try {
      const connection = await this.#connection();
      if (connection instanceof ExplainedError) return this.#unsent(connection, 'usage');
      const prepared = await prepareRequest(this.#entry, {
        resolver: this.#resolver,
        server: connection?.server,
        include: {
          path: this.#context.file.location ?? this.#context.file.path,
          roots: this.#context.file.roots,
          files: this.#context.ports.files,
        },
      });
      if (prepared instanceof ExplainedError)
        return this.#unsent(prepared, prepared.code === 'PS574' ? 'usage' : 'failed');
      if (!(await this.#confirmed(prepared, connection))) {
        return this.#unsent(explain(REQUEST_PROBLEMS, 'PS576'), 'failed', prepared);
      }
      const sender = connection?.sender ?? (await this.#context.ports.anonymousSender?.(prepared.url.origin));
      if (sender === undefined) return this.#unsent(explain(REQUEST_PROBLEMS, 'PS574'), 'usage', prepared);
      return await this.#send(prepared, sender);
    } catch (error) {
      if (signal?.aborted === true) return this.#unsent(undefined, 'cancelled');
      throw error;
    }
  }

  async #connection(): Promise<ServerConnection | undefined | ExplainedError> {
    const named = directiveValue(this.#entry.directives, 'server');
    try {
      const connection = await this.#context.ports.clientFor(named);
      if (connection !== undefined || named === undefined) return connection;
    } catch (error) {
      if (error instanceof ExplainedError) return error;
      throw error;
    }
    const variable = `POWERSCHOOL_${named.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_URL`;
    return explain(REQUEST_PROBLEMS, 'PS575', [named, variable]);
  }

  async #confirmed(prepared: PreparedRequest, connection: ServerConnection | undefined): Promise<boolean> {
    const ask = this.#context.ports.confirmWrite;
    if (ask === undefined || connection === undefined || connection.server.kind !== 'production') return true;
    if (
      !prepared.url.href.startsWith(`${connection.server.origin}/`) ||
      !isWrite(prepared.method, prepared.url.pathname)
    )
      return true;
    const { server } = connection;
    return ask({ server, method: prepared.method, url: this.#shown(prepared.url.href), name: this.#entry.name?.text });
  }

  async #send(prepared: PreparedRequest, sender: RequestSender): Promise<RunResult> {
    const written = directiveValue(this.#entry.directives, 'timeout');
    const timeout = (written === undefined ? undefined : readTimeout(written)) ?? this.#context.timeout;
    const deadline = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
    const signals = [this.#context.signal, deadline].filter((signal) => signal !== undefined);
    try {
      const response = await sender.send({
        method: prepared.method,
        target: prepared.url.href,
        headers: prepared.headers,
        ...(prepared.body === undefined ? {} : { body: prepared.body }),
        ...(signals.length === 0 ? {} : { signal: AbortSignal.any(signals) }),
        authorize: prepared.authorize,
      });
      return await this.#answered(prepared, response);
    } catch (error) {
      if (this.#context.signal?.aborted === true) return this.#unsent(undefined, 'cancelled', prepared);
      if (deadline?.aborted === true) {
        return this.#unsent(explain(REQUEST_PROBLEMS, 'PS577', [timeout ?? 0]), 'unanswered', prepared);
      }
      if (error instanceof ExplainedError) return this.#unsent(error, 'unanswered', prepared);
      throw error;
    }
  }

  async #answered(prepared: PreparedRequest, response: SentResponse): Promise<RunResult> {
    const { bodyLimit, ports, answers } = this.#context;
    const body = await receiveBody(response.body, bodyLimit, ports.openSpool);
    const json = await body.json();
    const answer: RunAnswer = {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
      sentHeaders: response.sentHeaders,
      body,
      records: json === undefined ? undefined : countRecords(json.json),
      durationMs: total(response.timings),
      timings: response.timings,
    };
    const name = this.#entry.name?.text;
    if (name !== undefined) answers.set(name, { status: answer.status, headers: answer.headers, body });
    const facts = {
      status: answer.status,
      duration: answer.durationMs,
      count: answer.records,
      headers: answer.headers,
      body: json,
    };
    const checked = prepared.expectations.map((expectation) => checkExpectation(expectation, facts));
    const expectations: CheckedExpectation[] = [
      ...checked.map(({ expectation, passed, actual }) => ({
        text: expectation.text,
        range: expectation.range,
        passed,
        actual,
      })),
      ...this.#malformed(),
    ].sort((a, b) => a.range.start - b.range.start);
    const expectedError = answer.status >= 400 && namesError(prepared.expectations, answer.status);
    const error = answer.status >= 400 && !expectedError ? httpError(answer.status) : undefined;
    const failed = error !== undefined || checked.some(({ passed }) => !passed);
    const usage = expectations.some(({ malformed }) => malformed !== undefined);
    return {
      ...this.#head(prepared),
      outcome: usage ? 'usage' : failed ? 'failed' : 'passed',
      answer,
      expectations,
      error,
    };
  }

  #unsent(error: ExplainedError | undefined, outcome: RunOutcome, prepared?: PreparedRequest): RunResult {
    const malformed = this.#malformed();
    const written = this.#entry.directives
      .filter(
        ({ name, range }) => name.text === 'expect' && !malformed.some((other) => other.range.start === range.start),
      )
      .map(({ value, range }) => ({ text: value.text, range, passed: false, actual: null }));
    return {
      ...this.#head(prepared),
      outcome: malformed.length > 0 && outcome !== 'cancelled' ? 'usage' : outcome,
      answer: undefined,
      expectations: [...written, ...malformed].sort((a, b) => a.range.start - b.range.start),
      error,
    };
  }

  #malformed(): CheckedExpectation[] {
    return malformedExpectations(this.#entry).map(({ text, range, reason }) => ({
      text,
      range,
      passed: false,
      actual: null,
      malformed: reason,
    }));
  }

  #head(prepared: PreparedRequest | undefined): Pick<RunResult, 'file' | 'request' | 'dependency' | 'method' | 'url'> {
    return {
      file: this.#context.file.path,
      request: this.#entry,
      dependency: this.#dependency,
      method: this.#entry.method.text,
      url: this.#shown(prepared?.url.href ?? this.#entry.target.text),
    };
  }

  /** Without credentials, and without what `$processEnv` gave. */
  #shown(url: string): string {
    return redactText(url, [...this.#resolver.environmentValues]);
  }
}

function total({ dns, connect, tls, wait, download }: Timings): number {
  return dns + connect + tls + wait + download;
}

function httpError(status: number): ExplainedError {
  return new ExplainedError('PS940', `The server answered with status ${status}.`, '');
}
