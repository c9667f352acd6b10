import { redactText } from '../http/redaction.ts';
import type { Header } from '../http/transport.ts';
import type { Server } from '../powerschool/server.ts';
import { parseRequestFile } from '../request/parse.ts';
import { FileVariables } from '../request/fileVariables.ts';
import { NamedAnswers } from './answer.ts';
import type { ServerConnection } from './ports.ts';
import { RequestRun } from './requestRun.ts';
import type { RunOptions } from './runOptions.ts';
import type { RunResult } from './runResult.ts';

/** A request as it went out: variables replaced, without the token that the way to the server adds. */
export interface SentRequest {
  /** The server it went to; undefined for a whole web address without one. */
  readonly server: Server | undefined;
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly Header[];
  readonly body: Uint8Array | undefined;
  /** What `# @pages` and `# @timeout` said. */
  readonly pages: string | undefined;
  readonly timeout: string | undefined;
  /** Values in it that are nobody's business. */
  readonly secrets: readonly string[];
}

const CREDENTIAL_HEADERS = /^(?:authorization|proxy-authorization|cookie)$/i;

/**
 * The same request for another server. An address that was not on its server stays where it is. Credentials that the
 * request itself brought belong to the first address: their headers stay behind, and a request that holds a secret
 * elsewhere is not moved (undefined).
 */
export function movedTo(request: SentRequest, server: Server): SentRequest | undefined {
  const from = request.server && new URL(request.server.origin).origin;
  const { origin } = new URL(server.origin);
  if (request.url.origin !== from || from === origin) return { ...request, server };
  const headers = request.headers.filter(([name]) => !CREDENTIAL_HEADERS.test(name));
  const body = request.body === undefined ? '' : Buffer.from(request.body).toString('utf8');
  const text = [request.url.href, ...headers.map(([name, value]) => `${name}: ${value}`), body].join('\n');
  if (redactText(text, request.secrets) !== text) return undefined;
  return { ...request, server, headers, url: new URL(request.url.pathname + request.url.search, origin) };
}

export interface SendAgainOptions extends Omit<RunOptions, 'files' | 'select' | 'env' | 'vars' | 'bail'> {
  readonly request: SentRequest;
  /** Names the result. */
  readonly title: string;
}

const BODY_LIMIT = 16 * 1024 * 1024;

/**
 * Sends a request of before once more, to the server it names: with that server's token when it goes to its address,
 * and after the question that a write brings. Throws nothing that a user could cause.
 */
export async function sendAgain(
  connection: ServerConnection | undefined,
  options: SendAgainOptions,
): Promise<RunResult> {
  const { request, title, ports } = options;
  const file = parseRequestFile(requestText(request, title));
  const [entry] = file.requests;
  if (entry === undefined) throw new Error('A sent request has a request line.');
  const run = new RequestRun(entry, false, {
    file: { path: '', file, environments: [], roots: [] },
    variables: new FileVariables(file),
    layers: [],
    vars: new Map(),
    answers: new NamedAnswers(),
    ports,
    timeout: options.timeout,
    signal: options.signal,
    bodyLimit: options.bodyLimit ?? BODY_LIMIT,
    concurrency: options.concurrency ?? 4,
    indexLarge: options.indexLarge ?? false,
    pages: options.pages,
  });
  const { method, url, headers, body } = request;
  const own = connection !== undefined && url.origin === new URL(connection.server.origin).origin;
  const brings = headers.some(([name]) => /^(?:authorization|host)$/i.test(name));
  const prepared = { entry, method, url, headers, body, authorize: own && !brings, expectations: [] };
  return run.resend(prepared, connection, request.secrets);
}

/** Only what the run reads of it: title, directives and request line. */
function requestText({ method, url, pages, timeout }: SentRequest, title: string): string {
  const directives = Object.entries({ pages, timeout }).flatMap(([name, value]) =>
    value === undefined ? [] : [`# @${name} ${value}`],
  );
  return [`### ${title.replace(/\s+/g, ' ')}`, ...directives, `${method} ${url.origin}${url.pathname}`, ''].join('\n');
}
