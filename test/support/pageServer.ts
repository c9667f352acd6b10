import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** What one page request meets. */
export interface PageCall {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly page: number;
  readonly pageSize: number;
  readonly body: string;
  readonly response: ServerResponse;
}

export interface PageServerOptions {
  /** How many records there are; called for every request, so it may change. */
  readonly count: () => number;
  readonly record?: (index: number) => unknown;
  /** The body of a page; the shape of `/ws/v1/district/student` when left out. */
  readonly body?: (records: unknown[], call: PageCall) => string;
  readonly limits?: Readonly<Record<string, number>>;
  /** Answers itself and returns true, or lets the page be answered. */
  readonly before?: (call: PageCall) => boolean | Promise<boolean>;
  readonly countBody?: (() => string | undefined) | undefined;
}

export interface PageServer {
  readonly url: string;
  /** Method and target of every request but sign-ins. */
  readonly requests: string[];
  /** Numbers of the pages asked for. */
  readonly pages: number[];
  tokens: number;
  /** From now on only a new token is good. */
  expireToken(): void;
  stop(): Promise<void>;
}

export const CLIENT_ID = 'page-server-client';
export const CLIENT_SECRET = 'page-server-secret-0001';

/** A server with one paged list, on loopback, whose every answer a test may bend. */
export async function startPageServer(t: TestContext, options: PageServerOptions): Promise<PageServer> {
  const record = options.record ?? ((index) => ({ id: index + 1, name: { last_name: `Quill ${index}` } }));
  let token = 1;
  const page = async (call: PageCall): Promise<void> => {
    if ((await options.before?.(call)) === true) return;
    const first = (call.page - 1) * call.pageSize;
    const length = Math.max(0, Math.min(call.pageSize, options.count() - first));
    const records = Array.from({ length }, (_, index) => record(first + index));
    json(call.response, (options.body ?? students)(records, call));
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const body = await textOf(request);
    if (url.pathname === '/oauth/access_token') {
      state.tokens++;
      const expected = `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}`;
      if (request.headers.authorization !== expected) return json(response, '{"error":"invalid_client"}', 401);
      return json(response, `{"access_token":"token-${token}","token_type":"Bearer","expires_in":"2504956"}`);
    }
    state.requests.push(`${request.method} ${request.url}`);
    if (url.pathname === '/ws/v1/metadata') {
      const limits = options.limits ?? { student_max_page_size: 100, schema_table_query_max_page_size: 100 };
      return json(response, JSON.stringify({ metadata: { powerschool_version: '25.2.0.0', plugin_id: 7, ...limits } }));
    }
    if (request.headers.authorization !== `Bearer token-${token}`) {
      response.setHeader(
        'WWW-Authenticate',
        'Bearer error="invalid_token",realm="PowerSchool",error_description="The access token has expired"',
      );
      return json(response, '', 401);
    }
    if (url.pathname.endsWith('/count')) {
      const text =
        options.countBody === undefined
          ? JSON.stringify({ resource: { count: options.count() } })
          : options.countBody();
      return text === undefined ? json(response, '{"errorMessage":{"message":"no"}}', 404) : json(response, text);
    }
    const call = {
      path: url.pathname,
      query: url.searchParams,
      page: Number(url.searchParams.get('page') ?? 1),
      pageSize: Number(url.searchParams.get('pagesize') ?? 100),
      body,
      response,
    };
    state.pages.push(call.page);
    return page(call);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const state: PageServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    pages: [],
    tokens: 0,
    expireToken: () => {
      token++;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  t.after(() => state.stop());
  return state;
}

export function json(response: ServerResponse, body: string, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(body);
}

function students(records: unknown[]): string {
  const child = records.length === 0 ? {} : { student: records.length === 1 ? records[0] : records };
  return JSON.stringify({ students: { '@expansions': 'phones, addresses', '@extensions': 's_stu_x', ...child } });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += String(chunk);
  return text;
}
