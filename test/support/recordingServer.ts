import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query, not decoded. */
  readonly url: string;
  /** Names as written, in order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

export interface RecordingServer {
  readonly origin: string;
  readonly requests: RecordedRequest[];
  stop(): Promise<void>;
}

export type Answerer = (request: RecordedRequest, response: ServerResponse) => void;

/** A real HTTP server on 127.0.0.1 that keeps what it was sent. Answers `{}` when there is no answerer. */
export async function startRecordingServer(answer?: Answerer): Promise<RecordingServer> {
  const requests: RecordedRequest[] = [];
  const server = createServer((message, response) => {
    readAll(message).then(
      (body) => {
        const request = {
          method: message.method ?? '',
          url: message.url ?? '',
          headers: pairs(message.rawHeaders),
          body,
        };
        requests.push(request);
        if (answer === undefined) sendJson(response, {});
        else answer(request, response);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

/** The values of a header, in order. */
export function headerValues(request: RecordedRequest | undefined, name: string): string[] {
  return (request?.headers ?? []).filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function pairs(raw: readonly string[]): [string, string][] {
  const result: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) result.push([raw[i] ?? '', raw[i + 1] ?? '']);
  return result;
}
