import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A district with one list more, as large as it is asked for: `/ws/v1/large/student?rows=N&pad=BYTES`, in pages too. */
export interface LargeList {
  readonly url: string;
  close(): Promise<void>;
}

const ROWS_AT_ONCE = 5000;

/** @param district the server that answers everything else. */
export async function serveLargeList(district: string): Promise<LargeList> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== '/ws/v1/large/student') return passOn(request, response, district);
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const number = (name: string): number => Number(url.searchParams.get(name));
    const page = number('pagesize') || Infinity;
    const first = page === Infinity ? 0 : ((number('page') || 1) - 1) * page;
    send(response, { first, end: Math.min(number('rows'), first + page), pad: number('pad') });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function passOn(request: IncomingMessage, response: ServerResponse, district: string): void {
  const { method, headers, url = '/' } = request;
  const onward = ask(new URL(url, district), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  request.pipe(onward);
}

interface Rows {
  readonly first: number;
  readonly end: number;
  readonly pad: number;
}

function send(response: ServerResponse, { first, end, pad }: Rows): void {
  let at = first;
  response.write('{"students":{"@expansions":"phones","student":[');
  const next = (): void => {
    while (at < end) {
      const some = Array.from({ length: Math.min(ROWS_AT_ONCE, end - at) }, (_, index) => row(at + index, pad));
      const comma = at === first ? '' : ',';
      at += some.length;
      if (!response.write(comma + some.join(','))) {
        response.once('drain', next);
        return;
      }
    }
    response.end(']}}');
  };
  next();
}

function row(index: number, pad: number): string {
  const name = { first_name: 'Nora', last_name: `Quill ${(index * 7919) % 100_003}` };
  return JSON.stringify({
    id: index + 1,
    local_id: String(700_000 + index),
    name,
    grade: index % 13,
    notes: 'x'.repeat(pad),
  });
}
