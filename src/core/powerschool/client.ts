import { createSystemClock, type Clock } from '../http/clock.ts';
import { InFlightLimit } from '../http/inFlightLimit.ts';
import type { Log } from '../http/logLine.ts';
import { redactHeaders, redactUrl } from '../http/redaction.ts';
import { withRedirects } from '../http/redirects.ts';
import { RequestSpacing } from '../http/requestSpacing.ts';
import { withRetries } from '../http/retries.ts';
import {
  headerValue,
  type Header,
  type HttpRequest,
  type HttpResponse,
  type Timeouts,
  type Transport,
} from '../http/transport.ts';
import { explain, ExplainedError } from '../problem/explainedError.ts';
import { withToken } from './bearer.ts';
import { POWERSCHOOL_PROBLEMS } from './powerschoolProblems.ts';
import type { SecretStore, Server } from './server.ts';
import { TokenSource } from './tokenSource.ts';

export interface PowerSchoolClientOptions {
  readonly server: Server;
  readonly transport: Transport;
  readonly secrets: SecretStore;
  readonly clock?: Clock | undefined;
  /** 0 to 1, for the jitter of retries. */
  readonly random?: (() => number) | undefined;
  readonly log?: Log | undefined;
  /** Requests in flight at the same time; 4 when left out. */
  readonly concurrency?: number | undefined;
  /** For requests that bring none of their own. */
  readonly timeouts?: Timeouts | undefined;
}

export interface ApiRequest {
  readonly method: string;
  /** `/ws/…` on the server, or an absolute URL; on another origin no token goes along. */
  readonly target: string;
  readonly headers?: readonly Header[] | undefined;
  readonly body?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeouts?: Timeouts | undefined;
  /** false: no token, as for resources that answer everybody. */
  readonly authorize?: boolean | undefined;
}

export interface ApiResponse extends HttpResponse {
  readonly method: string;
  /** Where the answer came from, after redirects. */
  readonly url: URL;
  /** Redacted: fit to be shown and kept. */
  readonly sentHeaders: readonly Header[];
}

/** What sends a request: a client, or something that watches one. */
export type ApiSender = Pick<PowerSchoolClient, 'send'>;

/** Codes after which a read is tried again: the connection was lost, or the sign-in was busy. */
const REPEATED_CODES = new Set(['PS902', 'PS945']);
const SECRETS_WORTH_GUARDING = 8;

/**
 * Everything between a request and the wire for one server: token, limit of requests in flight, spacing after too
 * many requests, retries of reads, redirects.
 */
export class PowerSchoolClient {
  readonly server: Server;
  readonly tokens: TokenSource;
  readonly #options: PowerSchoolClientOptions;
  readonly #withToken: Transport;
  readonly #withoutToken: Transport;
  readonly #elsewhere: Transport;

  constructor(options: PowerSchoolClientOptions) {
    const { server, transport, log } = options;
    const clock = options.clock ?? createSystemClock();
    this.#options = options;
    this.server = server;
    this.tokens = new TokenSource({ ...options, clock });

    const limit = new InFlightLimit(options.concurrency ?? 4);
    const spacing = new RequestSpacing(clock, () => {
      limit.narrow(1);
    });
    const random = options.random ?? Math.random;
    const retries = { clock, random, log, repeatable: isRead, codes: REPEATED_CODES };
    const compose = (inner: Transport, origin?: string): Transport =>
      limit.wrap(withRetries(withRedirects(spacing.wrap(inner), origin), retries));
    this.#withToken = compose(withToken(transport, server.origin, this.tokens), server.origin);
    this.#withoutToken = compose(transport, server.origin);
    this.#elsewhere = withRetries(withRedirects(transport), retries);
  }

  /**
   * Resolves with any answer, whatever its status; see `explainResponse`. Rejects with an `ExplainedError` when there
   * is no answer or no token, or with the signal's reason.
   */
  async send(request: ApiRequest): Promise<ApiResponse> {
    const started = performance.now();
    const url = this.resolve(request.target);
    const own = url.origin === this.server.origin;
    if (!own) await this.#guard(url, request);

    const headers = withDefaults(request);
    const explicit = headerValue(headers, 'authorization') !== undefined;
    const authorize = own && request.authorize !== false && !explicit;
    const pipeline = authorize ? this.#withToken : own ? this.#withoutToken : this.#elsewhere;
    const { method, body, signal } = request;
    const timeouts = request.timeouts ?? this.#options.timeouts;
    const sent: HttpRequest = { method: method.toUpperCase(), url, headers, body, signal, timeouts };
    try {
      const response = await pipeline.send(sent);
      const sentHeaders = redactHeaders(authorize ? [...headers, ['Authorization', 'Bearer ***']] : headers);
      this.#log(sent, `${response.status}`, started);
      return { ...response, method: sent.method, url: response.url ?? url, sentHeaders };
    } catch (error) {
      this.#log(sent, error instanceof ExplainedError ? error.code : 'cancelled', started);
      throw error;
    }
  }

  /** The URL of a target. Throws PS909 when it is none. */
  resolve(target: string): URL {
    const text = target.trim();
    const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
    // `//host/…` would leave the server without looking like it.
    const local = absolute ? text : `/${text.replace(/^[/\\]+/, '')}`;
    if (!URL.canParse(local, this.server.origin)) {
      throw explain(POWERSCHOOL_PROBLEMS, 'PS909', [`\u201c${redactUrl(text)}\u201d is no address`]);
    }
    return new URL(local, this.server.origin);
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#options.transport.close();
  }

  /** A credential of this server does not go to another origin, in whatever part of the request it stands. */
  async #guard(url: URL, request: ApiRequest): Promise<void> {
    const { secrets } = this.#options;
    const credentials = await secrets.credentials(this.server);
    const token = this.tokens.held ?? (await secrets.token(this.server))?.value;
    const known = [token, credentials?.clientSecret].filter((secret) => secret !== undefined);
    const basic = credentials && Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString('base64');
    const body =
      request.body instanceof Uint8Array ? Buffer.from(request.body).toString('latin1') : (request.body ?? '');
    const text = [url.href, ...(request.headers ?? []).map(([, value]) => value), body].join('\n');
    const carried = [...known, ...(basic === undefined ? [] : [basic])].some(
      (secret) => secret.length >= SECRETS_WORTH_GUARDING && text.includes(secret),
    );
    if (carried) throw explain(POWERSCHOOL_PROBLEMS, 'PS949', [url.host, this.server.name]);
  }

  #log(request: HttpRequest, outcome: string, started: number): void {
    const time = Math.round(performance.now() - started);
    const { method, url } = request;
    const text = `${this.server.name}: ${method} ${redactUrl(url.origin === this.server.origin ? url.pathname + url.search : url)}`;
    this.#options.log?.({ level: 'debug', text: `${text} → ${outcome}, ${time} ms` });
  }
}

/** Reads may be sent again: GET, HEAD, and a PowerQuery, which is a POST that only selects. */
function isRead(request: HttpRequest): boolean {
  const { method, url } = request;
  return method === 'GET' || method === 'HEAD' || (method === 'POST' && url.pathname.startsWith('/ws/schema/query/'));
}

function withDefaults(request: ApiRequest): readonly Header[] {
  const headers: Header[] = [...(request.headers ?? [])];
  // /ws/v1 prefers XML unless asked.
  if (headerValue(headers, 'accept') === undefined) headers.push(['Accept', 'application/json']);
  if (headerValue(headers, 'user-agent') === undefined) headers.push(['User-Agent', 'PowerSchool-API-Explorer']);
  const { body } = request;
  if (typeof body === 'string' && /^\s*[{[]/.test(body) && headerValue(headers, 'content-type') === undefined) {
    headers.push(['Content-Type', 'application/json']);
  }
  return headers;
}
