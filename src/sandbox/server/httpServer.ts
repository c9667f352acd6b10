import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { toV1Json } from '../wire/v1Json.ts';
import { toXml } from '../wire/xml.ts';
import { acceptsJson } from './accept.ts';
import { JSON_TYPE, type Answer } from './answer.ts';
import type { IncomingCall } from './dispatcher.ts';
import { ConnectionReset } from './refusal.ts';

/** Larger request bodies are refused: no documented call comes near. */
const BODY_LIMIT = 20 * 1024 * 1024;

/** `signal` aborts when the caller goes away. */
export type Answerer = (incoming: IncomingCall, signal: AbortSignal) => Promise<Answer>;

/** The sandbox's own HTTP server: on the loopback address only. */
export class HttpServer {
  readonly #server: Server;
  #origin = '';

  constructor(answerer: Answerer, onConnection: () => void = () => undefined) {
    this.#server = createServer((request, response) => {
      void this.#handle(answerer, request, response);
    });
    this.#server.on('connection', onConnection);
  }

  /** `http://127.0.0.1:port` */
  get origin(): string {
    return this.#origin;
  }

  /** Port 0 picks a free one. Rejects with the system's error when the port is taken. */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends open connections too. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #handle(answerer: Answerer, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      const body = await readBody(request);
      if (body === undefined) {
        response.writeHead(413, { Connection: 'close' }).end();
        return;
      }
      const url = new URL(request.url ?? '/', this.#origin);
      const answer = await answerer(
        {
          method: request.method ?? 'GET',
          path: url.pathname.replace(/\/+$/, '') || '/',
          query: url.searchParams,
          headers: request.headers,
          body,
          origin: this.#origin,
        },
        gone.signal,
      );
      await writeAnswer(response, answer, acceptsJson(request.headers.accept));
    } catch (error) {
      if (error instanceof ConnectionReset) {
        request.socket.resetAndDestroy();
        return;
      }
      if (response.headersSent || gone.signal.aborted) {
        response.destroy();
        return;
      }
      const message = error instanceof Error ? error.message : String(error);
      response.writeHead(500, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ message: `The sandbox failed: ${message}` }));
    }
  }
}

async function writeAnswer(response: ServerResponse, answer: Answer, json: boolean): Promise<void> {
  const { body } = answer;
  if (body.kind === 'none') {
    response.writeHead(answer.status, answer.headers).end();
    return;
  }
  if (body.kind === 'stream') {
    response.writeHead(answer.status, { 'Content-Type': body.type, ...answer.headers });
    await pipeline(Readable.from(body.pieces), response);
    return;
  }
  let type: string;
  let text: string;
  switch (body.kind) {
    case 'element':
      type = json ? JSON_TYPE : 'application/xml;charset=UTF-8';
      text = json ? toV1Json(body.document) : toXml(body.document);
      break;
    case 'json':
      type = JSON_TYPE;
      text = JSON.stringify(body.value);
      break;
    case 'text':
      ({ type, text } = body);
      break;
  }
  const bytes = Buffer.from(text);
  response.writeHead(answer.status, { 'Content-Type': type, 'Content-Length': bytes.length, ...answer.headers });
  if (answer.trickle === undefined) response.end(bytes);
  else await pipeline(Readable.from(pieces(bytes, answer.trickle)), response);
}

const PIECES = 10;

/** Ten pieces with equal pauses between them. */
async function* pieces(bytes: Buffer, milliseconds: number): AsyncGenerator<Buffer> {
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  for (let start = 0; start < bytes.length; start += size) {
    if (start > 0) await delay(milliseconds / (PIECES - 1));
    yield bytes.subarray(start, start + size);
  }
}

/** The whole body, or undefined when it is too large. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
