import type { Header } from '../http/transport.ts';
import type { Server } from '../powerschool/server.ts';
import { explain, ExplainedError } from '../problem/explainedError.ts';
import { readExpectation } from '../request/expectationSyntax.ts';
import type { HeaderLine, RequestEntry } from '../request/requestFile.ts';
import { REQUEST_PROBLEMS } from '../request/requestProblems.ts';
import type { VariableResolver } from '../request/variableResolver.ts';
import type { ExpectationFault } from '../request/expectationSyntax.ts';
import type { PreparedExpectation } from './expectation.ts';
import type { IncludeScope } from './includeFile.ts';
import { requestBodyBytes } from './requestBody.ts';
import { requestUrl } from './requestUrl.ts';

/** A request with everything filled in, ready to be sent. */
export interface PreparedRequest {
  readonly entry: RequestEntry;
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly Header[];
  readonly body: Uint8Array | undefined;
  /** Goes to the server itself and brings no Authorization of its own: the token may go along. */
  readonly authorize: boolean;
  readonly expectations: readonly PreparedExpectation[];
}

export interface PrepareContext {
  readonly resolver: VariableResolver;
  /** Undefined when no server is active. */
  readonly server: Server | undefined;
  readonly include: IncludeScope;
}

/** Lines of an expectation that cannot be read. */
export function malformedExpectations(
  entry: RequestEntry,
): (ExpectationFault & { readonly text: string; readonly line: number })[] {
  return entry.directives.flatMap((directive) => {
    if (directive.name.text !== 'expect') return [];
    const read = readExpectation(directive);
    return 'reason' in read ? [{ ...read, text: directive.value.text, line: directive.range.start }] : [];
  });
}

/** Headers that the connection itself writes: what a file says about them would only break it. */
const CONNECTION_HEADERS = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
]);

/** Replaces variables and puts the request together; an error tells why it cannot be sent. */
export async function prepareRequest(
  entry: RequestEntry,
  context: PrepareContext,
): Promise<PreparedRequest | ExplainedError> {
  const { resolver, server } = context;
  if (entry.blocker !== undefined) {
    return explain(REQUEST_PROBLEMS, entry.blocker.code as keyof typeof REQUEST_PROBLEMS, entry.blocker.args);
  }
  const headers = await prepareHeaders(entry.headers, resolver);
  if (headers instanceof ExplainedError) return headers;
  const target = await resolveTarget(entry, resolver);
  if (target instanceof ExplainedError) return target;
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  const url = requestUrl(target, server?.origin, host);
  if (url instanceof ExplainedError) return url;
  const body = entry.body === undefined ? undefined : await requestBodyBytes(entry.body, resolver, context.include);
  if (body instanceof ExplainedError) return body;
  const expectations = await prepareExpectations(entry, resolver);
  if (expectations instanceof ExplainedError) return expectations;
  const own = server !== undefined && url.origin === new URL(server.origin).origin;
  if (resolver.usesEnvironment && !own) return explain(REQUEST_PROBLEMS, 'PS563', [url.origin]);
  const sent = headers.filter(([name, value]) => name.toLowerCase() !== 'host' || value.toLowerCase() !== url.host);
  const otherHost = sent.some(([name]) => name.toLowerCase() === 'host');
  const signedIn = sent.some(([name]) => name.toLowerCase() === 'authorization');
  if (own && body !== undefined && body.length > 0 && !sent.some(([name]) => name.toLowerCase() === 'content-type')) {
    // PowerSchool takes JSON alone, and answers 415 or worse to a body without a type.
    if (looksLikeJson(body)) sent.push(['Content-Type', 'application/json']);
  }
  return {
    entry,
    method: entry.method.text,
    url,
    headers: sent,
    body,
    authorize: own && !otherHost && !signedIn,
    expectations,
  };
}

/** Each piece on its own: variables are looked up from the place where they stand. */
async function resolveTarget(entry: RequestEntry, resolver: VariableResolver): Promise<string | ExplainedError> {
  let target = '';
  for (const piece of entry.target.pieces) {
    const resolved = await resolver.resolve(piece.text, piece.range.start);
    if ('problem' in resolved) return resolved.problem;
    target += resolved.text;
  }
  return target;
}

async function prepareHeaders(
  lines: readonly HeaderLine[],
  resolver: VariableResolver,
): Promise<Header[] | ExplainedError> {
  const headers: Header[] = [];
  for (const line of lines) {
    const name = await resolver.resolve(line.name.text, line.name.range.start);
    if ('problem' in name) return name.problem;
    const value = await resolver.resolve(line.value.text, line.value.range.start);
    if ('problem' in value) return value.problem;
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name.text)) return explain(REQUEST_PROBLEMS, 'PS504', [name.text]);
    if (/(?!\t)\p{Cc}/u.test(value.text)) return explain(REQUEST_PROBLEMS, 'PS572', [name.text]);
    if (CONNECTION_HEADERS.has(name.text.toLowerCase())) continue;
    headers.push([name.text, asHeaderBytes(value.text.trim())]);
  }
  return headers;
}

/** HTTP writes one byte for each character: other characters go out as UTF-8. */
function asHeaderBytes(value: string): string {
  return /[\u0080-\uffff]/.test(value) ? Buffer.from(value, 'utf8').toString('latin1') : value;
}

async function prepareExpectations(
  entry: RequestEntry,
  resolver: VariableResolver,
): Promise<PreparedExpectation[] | ExplainedError> {
  const prepared: PreparedExpectation[] = [];
  for (const directive of entry.directives) {
    if (directive.name.text !== 'expect') continue;
    const expectation = readExpectation(directive);
    if ('reason' in expectation) continue;
    const { selector, value } = expectation;
    const resolvedSelector = await resolver.resolve(selector?.text ?? '', selector?.range.start ?? 0);
    if ('problem' in resolvedSelector) return resolvedSelector.problem;
    const resolvedValue = await resolver.resolve(value?.text ?? '', value?.range.start ?? 0);
    if ('problem' in resolvedValue) return resolvedValue.problem;
    prepared.push({ expectation, selector: resolvedSelector.text, value: resolvedValue.text });
  }
  return prepared;
}

function looksLikeJson(body: Uint8Array): boolean {
  const first = body.find((byte) => byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13);
  return first === 0x7b || first === 0x5b;
}
