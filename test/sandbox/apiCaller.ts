import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import type { Body } from './wireTypes.ts';

/** The day on which the tests' district lives. */
export const TODAY = '2026-11-20';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: Body;
}

/** Calls a sandbox over HTTP as a client would. */
export class ApiCaller {
  readonly sandbox: RunningSandbox;
  readonly #clientId: string;
  readonly #clientSecret: string;
  #token: string | undefined;

  constructor(sandbox: RunningSandbox, credentials: { clientId: string; clientSecret: string } = sandbox) {
    this.sandbox = sandbox;
    this.#clientId = credentials.clientId;
    this.#clientSecret = credentials.clientSecret;
  }

  /** A small district of its own. */
  static async start(options: SandboxOptions = {}): Promise<ApiCaller> {
    return new ApiCaller(await startSandbox({ students: 150, today: TODAY, ...options }));
  }

  stop(): Promise<void> {
    return this.sandbox.stop();
  }

  /** A call without any header but the given ones. */
  async raw(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<ApiAnswer> {
    const response = await fetch(this.sandbox.url + path, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }

  async token(): Promise<string> {
    this.#token ??= (await this.signIn()).json.access_token;
    return this.#token;
  }

  signIn(path = '/oauth/access_token', body = 'grant_type=client_credentials'): Promise<ApiAnswer> {
    const headers = {
      Authorization: basic(this.#clientId, this.#clientSecret),
      'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8',
      Accept: 'application/json',
    };
    return this.raw('POST', path, headers, body);
  }

  /** An authorized call that accepts JSON; a body is sent as JSON. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    const all = {
      Authorization: `Bearer ${await this.token()}`,
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    };
    return this.raw(method, path, all, body === undefined ? undefined : JSON.stringify(body));
  }

  get(path: string): Promise<ApiAnswer> {
    return this.call('GET', path);
  }

  /** Speaks to the sandbox itself. */
  control(method: string, path = '', body?: unknown): Promise<ApiAnswer> {
    const headers = { 'X-Sandbox-Key': this.sandbox.controlKey };
    return this.raw(method, `/sandbox/control${path}`, headers, body === undefined ? undefined : JSON.stringify(body));
  }
}

export function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return undefined as unknown as Body;
  }
}
