import { redactText } from '../http/redaction.ts';
import type { Timings } from '../http/transport.ts';
import { explain, ExplainedError } from '../problem/explainedError.ts';
import { explainResponse } from '../powerschool/errorExplanation.ts';
import { directiveValue, readTimeout } from '../request/directiveValues.ts';
import type { EnvironmentLayer } from '../request/environment.ts';
import type { FileVariables } from '../request/fileVariables.ts';
import type { RequestEntry } from '../request/requestFile.ts';
import { isWrite } from '../request/requestKind.ts';
import { REQUEST_PROBLEMS } from '../request/requestProblems.ts';
import { VariableResolver } from '../request/variableResolver.ts';
import { sendAllPages, type PagedAnswer, type PagesFollower } from './allPages.ts';
import { responseValue, type NamedAnswers } from './answer.ts';
import { receiveBody, type AnswerBody } from './answerBody.ts';
import { checkExpectation, namesError } from './expectation.ts';
import type { RequestSender, RunPorts, ServerConnection } from './ports.ts';
import { malformedExpectations, prepareRequest, type PreparedRequest } from './prepareRequest.ts';
import type { RunFile } from './runOptions.ts';
import type { SentRequest } from './sentRequest.ts';
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
  readonly concurrency: number;
  readonly indexLarge: boolean;
  /** Fetch all pages of every selected request that reads. */
  readonly pages?: PagesFollower | undefined;
}

/** A request that is put together, and the way to its server. */
export interface ReadyRequest {
  readonly prepared: PreparedRequest;
  readonly connection: ServerConnection;
  /** What its result begins with. */
  readonly head: ResultHead;
}

type ResultHead = Pick<RunResult, 'file' | 'request' | 'dependency' | 'method' | 'url' | 'sent'>;

/** Connection, TLS, proxy and sign-in; other codes are about the request or the form of its answer. */
const NO_CONNECTION = /^PS9(?:0[0-8]|[12]\d|3[0169]|4[0-8])$/;

/** Characters of an answer that its explanation looks at. */
const MOST_EXPLAINED = 64_000;

/** One request on its way: put together, sent, answered, compared with its expectations. */
export class RequestRun {
  readonly #entry: RequestEntry;
  readonly #dependency: boolean;
  readonly #context: RunContext;
  readonly #resolver: VariableResolver;
  #sent: SentRequest | undefined;
  /** Milliseconds that it may take. */
  #timeout: number | undefined;
  /** Of a request that was put together before. */
  #secrets: readonly string[] = [];

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
  run(): Promise<RunResult> {
    return this.#unlessCancelled(async () => {
      const ready = await this.#putTogether();
      return 'outcome' in ready ? ready : this.#deliver(ready.prepared, ready.connection);
    });
  }

  /** Puts the request together for somebody who sends it in another way; a result tells why that cannot be. */
  prepare(): Promise<ReadyRequest | RunResult> {
    return this.#unlessCancelled(async () => {
      const ready = await this.#putTogether();
      if ('outcome' in ready) return ready;
      const { prepared, connection } = ready;
      if (connection !== undefined) {
        this.#sent = { ...this.#sentOf(prepared, connection), pages: 'all' };
        return { prepared, connection, head: this.#head(prepared) };
      }
      return this.#unsent(explain(REQUEST_PROBLEMS, 'PS574'), 'usage', prepared);
    });
  }

  /** A cancel becomes a result, whatever it interrupts. */
  async #unlessCancelled<T>(work: () => Promise<T>, prepared?: PreparedRequest): Promise<T | RunResult> {
    try {
      return await work();
    } catch (error) {
      if (this.#context.signal?.aborted === true) return this.#unsent(undefined, 'cancelled', prepared);
      throw error;
    }
  }

  async #putTogether(): Promise<
    RunResult | (Pick<Partial<ReadyRequest>, 'connection'> & Pick<ReadyRequest, 'prepared'>)
  > {
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
    if (!(prepared instanceof ExplainedError)) return { prepared, ...(connection && { connection }) };
    return this.#unsent(prepared, prepared.code === 'PS574' ? 'usage' : 'failed');
  }

  /**
   * Sends what was put together before, maybe to another server by now. Asks before a write like any other run.
   * @param secrets values in it that are not to be shown.
   */
  resend(
    prepared: PreparedRequest,
    connection: ServerConnection | undefined,
    secrets: readonly string[],
  ): Promise<RunResult> {
    this.#secrets = secrets;
    return this.#unlessCancelled(() => this.#deliver(prepared, connection), prepared);
  }

  async #deliver(prepared: PreparedRequest, connection: ServerConnection | undefined): Promise<RunResult> {
    if (!(await this.#confirmed(prepared, connection))) {
      return this.#unsent(explain(REQUEST_PROBLEMS, 'PS576'), 'failed', prepared);
    }
    const sender = connection?.sender ?? (await this.#context.ports.anonymousSender?.(prepared.url.origin));
    if (sender === undefined) return this.#unsent(explain(REQUEST_PROBLEMS, 'PS574'), 'usage', prepared);
    this.#sent = this.#sentOf(prepared, connection);
    return this.#send(prepared, sender);
  }

  #sentOf(prepared: PreparedRequest, connection: ServerConnection | undefined): SentRequest {
    return {
      server: connection?.server,
      method: prepared.method,
      url: prepared.url,
      headers: prepared.headers,
      body: prepared.body,
      pages: this.#wantsAllPages(prepared) ? 'all' : directiveValue(this.#entry.directives, 'pages'),
      timeout: directiveValue(this.#entry.directives, 'timeout'),
      secrets: [...this.#secrets, ...this.#resolver.secretValues],
    };
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
    if (ask === undefined || connection === undefined) return true;
    const { server } = connection;
    const { method, url } = prepared;
    if (url.origin !== new URL(server.origin).origin || !isWrite(method, url.pathname)) return true;
    return ask({ server, method, url: this.#shown(url.href), name: this.#entry.name?.text });
  }

  async #send(prepared: PreparedRequest, sender: RequestSender): Promise<RunResult> {
    const written = directiveValue(this.#entry.directives, 'timeout');
    const explicit = written === undefined ? undefined : readTimeout(written);
    // Each page has the time that one answer has.
    const timeout = explicit ?? (this.#wantsAllPages(prepared) ? undefined : this.#context.timeout);
    this.#timeout = timeout;
    const deadline = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
    const signals = [this.#context.signal, deadline].filter((signal) => signal !== undefined);
    const signal = signals.length === 0 ? undefined : AbortSignal.any(signals);
    try {
      return await this.#answered(prepared, await this.#receive(prepared, sender, signal));
    } catch (error) {
      if (this.#context.signal?.aborted === true) return this.#unsent(undefined, 'cancelled', prepared);
      if (deadline?.aborted === true) {
        return this.#unsent(explain(REQUEST_PROBLEMS, 'PS577', [timeout ?? 0]), 'unanswered', prepared);
      }
      if (error instanceof ExplainedError) {
        return this.#unsent(error, NO_CONNECTION.test(error.code) ? 'unanswered' : 'failed', prepared);
      }
      throw error;
    }
  }

  async #receive(
    prepared: PreparedRequest,
    sender: RequestSender,
    signal: AbortSignal | undefined,
  ): Promise<PagedAnswer> {
    const { bodyLimit, concurrency, indexLarge, ports } = this.#context;
    // Records of a large body are counted while it comes.
    const counts = prepared.expectations.some(({ expectation }) => expectation.subject === 'count');
    const options = { limit: bodyLimit, openSpool: ports.openSpool, indexLarge: indexLarge || counts };
    const { method, url, headers, body, authorize } = prepared;
    if (this.#wantsAllPages(prepared)) {
      return sendAllPages(prepared, sender, { concurrency, signal, body: options, follower: this.#follower });
    }
    const response = await sender.send({
      method,
      target: url.href,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
      authorize,
    });
    const received = await receiveBody(response, options);
    const { status, statusText, sentHeaders, timings } = response;
    return { status, statusText, headers: response.headers, sentHeaders, url: response.url, body: received, timings };
  }

  get #follower(): PagesFollower | undefined {
    return this.#dependency ? undefined : this.#context.pages;
  }

  #wantsAllPages({ method, url }: PreparedRequest): boolean {
    if (method !== 'GET' && method !== 'POST') return false;
    if (directiveValue(this.#entry.directives, 'pages') === 'all') return true;
    return this.#follower !== undefined && !isWrite(method, url.pathname);
  }

  async #answered(prepared: PreparedRequest, received: PagedAnswer): Promise<RunResult> {
    const { status, headers, body, pages } = received;
    const found = await findInBody(prepared, body);
    const answer: RunAnswer = {
      status,
      statusText: received.statusText,
      headers,
      sentHeaders: received.sentHeaders,
      body,
      records: await body.countRecords(),
      durationMs: total(received.timings),
      timings: received.timings,
      pages,
      redirectedTo: samePlace(received.url, prepared.url) ? undefined : this.#shown(received.url.href),
    };
    const name = this.#entry.name?.text;
    const unfinished = pages?.unfinished;
    if (name !== undefined && unfinished === undefined) this.#context.answers.set(name, { status, headers, body });
    const facts = { status, duration: answer.durationMs, count: answer.records, headers, found: found.found };
    const checked = prepared.expectations.map((expectation) => checkExpectation(expectation, facts));
    const expectations = inOrder([
      ...checked.map(({ expectation, passed, actual }) => ({
        text: expectation.text,
        range: expectation.range,
        passed,
        actual: typeof actual === 'string' ? this.#shown(actual) : actual,
      })),
      ...this.#malformed(),
    ]);
    const explained = await this.#explained(prepared, received);
    const refused = status >= 400 && !namesError(prepared.expectations, status) ? explained : undefined;
    const late = unfinished !== undefined && unfinished.error === undefined && this.#context.signal?.aborted !== true;
    const error = late
      ? explain(REQUEST_PROBLEMS, 'PS577', [this.#timeout ?? 0])
      : (unfinished?.error ?? found.error ?? refused);
    const failed = error !== undefined || checked.some(({ passed }) => !passed);
    const usage = expectations.some(({ malformed }) => malformed !== undefined);
    return {
      ...this.#head(prepared),
      outcome:
        unfinished !== undefined && error === undefined ? 'cancelled' : usage ? 'usage' : failed ? 'failed' : 'passed',
      answer,
      expectations,
      error: this.#told(error),
      notice: status < 400 ? this.#told(explained ?? pages?.drift[0]) : undefined,
    };
  }

  /** What an answer that is no plain success means; a body that the request asked to be no JSON needs no word. */
  async #explained({ method, headers }: PreparedRequest, received: PagedAnswer): Promise<ExplainedError | undefined> {
    const { status, statusText, url, body } = received;
    const otherType = headers.some(([name, value]) => name.toLowerCase() === 'accept' && !/json/i.test(value));
    if (status < 300 && (otherType || method === 'HEAD')) return undefined;
    const start = body.bytes?.subarray(0, MOST_EXPLAINED);
    if (start === undefined) return undefined;
    return explainResponse(
      { status, statusText, headers: received.headers, method, url },
      Buffer.from(start).toString('utf8'),
    );
  }

  #unsent(error: ExplainedError | undefined, outcome: RunOutcome, prepared?: PreparedRequest): RunResult {
    const malformed = this.#malformed();
    const unchecked = this.#entry.directives
      .filter(({ name, range }) => name.text === 'expect' && malformed.every((other) => other.line !== range.start))
      .map(({ value, range }) => ({ text: value.text, range, passed: false, actual: null }));
    return {
      ...this.#head(prepared),
      outcome: malformed.length > 0 && outcome !== 'cancelled' ? 'usage' : outcome,
      answer: undefined,
      expectations: inOrder([...unchecked, ...malformed]),
      error: this.#told(error),
      notice: undefined,
    };
  }

  #malformed(): (CheckedExpectation & { readonly line: number })[] {
    return malformedExpectations(this.#entry).map(({ text, range, reason, line }) => ({
      text,
      range,
      passed: false,
      actual: null,
      malformed: reason,
      line,
    }));
  }

  #head(prepared: PreparedRequest | undefined): ResultHead {
    return {
      file: this.#context.file.path,
      request: this.#entry,
      dependency: this.#dependency,
      method: this.#entry.method.text,
      url: this.#shown(prepared?.url.href ?? this.#entry.target.text),
      sent: this.#sent,
    };
  }

  /** Without credentials, and without what `$processEnv`, private files and secret answers gave. */
  #shown(text: string): string {
    return redactText(text, [...this.#secrets, ...this.#resolver.secretValues]);
  }

  /** An error names what was sent, and what the server repeats of it. */
  #told(error: ExplainedError | undefined): ExplainedError | undefined {
    return error?.reworded((text) => this.#shown(text));
  }
}

/** What the paths of the expectations find; an error when the body is too large to look. */
async function findInBody(
  { expectations }: PreparedRequest,
  body: AnswerBody,
): Promise<{ readonly found: ReadonlyMap<string, readonly unknown[]>; readonly error: ExplainedError | undefined }> {
  const about = expectations.filter(({ expectation }) => expectation.subject === 'body');
  const selectors = [...new Set(about.map(({ selector }) => selector))];
  const found = new Map<string, readonly unknown[]>();
  if (selectors.length === 0) return { found, error: undefined };
  try {
    for (const [index, values] of ((await body.select(selectors)) ?? []).entries()) {
      found.set(selectors[index] ?? '', values);
    }
    return { found, error: undefined };
  } catch (error) {
    if (error instanceof ExplainedError) return { found, error };
    throw error;
  }
}

function inOrder(expectations: readonly CheckedExpectation[]): CheckedExpectation[] {
  return expectations.toSorted((a, b) => a.range.start - b.range.start);
}

/** Pages of a list differ in their query alone. */
function samePlace(a: URL, b: URL): boolean {
  return a.origin === b.origin && a.pathname === b.pathname;
}

function total({ dns, connect, tls, wait, download }: Timings): number {
  return dns + connect + tls + wait + download;
}
