import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';
import type { Play } from './faultServer.ts';

export interface AnswerOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Uint8Array;
  /** JSON when left out. */
  readonly type?: string;
}

/** Writes a correct answer, keeping the connection. */
export function answer(socket: Socket, options: AnswerOptions = {}): void {
  const body = Buffer.from(options.body ?? '');
  const headers = {
    'Content-Type': options.type ?? 'application/json',
    'Content-Length': body.length,
    ...options.headers,
  };
  socket.write(head(options.status ?? 200, headers));
  socket.write(body);
}

function head(status: number, headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Played\r\n${lines.join('')}\r\n`;
}

function answering(options: AnswerOptions): Play {
  return (socket) => {
    answer(socket, options);
  };
}

function compressed(encoding: string, body: Uint8Array): Play {
  return answering({ body, headers: { 'Content-Encoding': encoding } });
}

/** Sends a byte from time to time until the other side has had enough. */
function drip(socket: Socket, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 20);
  socket.on('close', () => {
    clearInterval(timer);
  });
}

function redirecting(location: string): Play {
  return answering({ status: 302, headers: { Location: location } });
}

const JSON_TEXT = '{"students":{"student":[{"id":4101},{"id":4102}]}}';
/** Packs to almost nothing. */
const NOTHING = Buffer.alloc(32 * 1024 * 1024);
const HTML = '<!DOCTYPE html>\n<html><head><title>PowerSchool</title></head><body>Sign in</body></html>';

/** Faults after the connection stands. Those of TLS, names and proxies need a server of their own kind. */
export const FAULTS = {
  closeBeforeHeaders: (socket) => socket.end(),
  resetBeforeHeaders: (socket) => socket.resetAndDestroy(),
  closeInHeaders: (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Ty'),
  resetAfterHeaders: (socket) => {
    socket.write(head(200, { 'Content-Length': 1000 }), () => socket.resetAndDestroy());
  },
  silence: () => {},
  stallInHeaders: (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'),
  dripHeaders: (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
    drip(socket, 'a');
  },
  stallBeforeBody: (socket) => socket.write(head(200, { 'Content-Length': 1000 })),
  stallInBody: (socket) => socket.write(`${head(200, { 'Content-Length': 1000 })}{"students":`),
  dripBody: (socket) => {
    socket.write(head(200, { 'Content-Length': 100_000 }));
    drip(socket, ' ');
  },
  truncatedChunks: (socket) => socket.end(`${head(200, { 'Transfer-Encoding': 'chunked' })}5\r\n{"stu\r\n`),
  brokenChunks: (socket) => socket.end(`${head(200, { 'Transfer-Encoding': 'chunked' })}zz\r\n{"stu\r\n`),
  longerContentLength: (socket) => socket.end(`${head(200, { 'Content-Length': 1000 })}${JSON_TEXT}`),
  shorterContentLength: (socket) => socket.end(`${head(200, { 'Content-Length': 20 })}${JSON_TEXT}`),
  badGzip: compressed('gzip', Buffer.from('this was never packed')),
  truncatedGzip: compressed('gzip', gzipSync(JSON_TEXT).subarray(0, 30)),
  badDeflate: compressed('deflate', Buffer.from([0x78, 0xff, 0xff, 0xff])),
  badBrotli: compressed('br', Buffer.from('this was never packed')),
  gzipBomb: (socket) => {
    answer(socket, { body: gzipSync(NOTHING), headers: { 'Content-Encoding': 'gzip' } });
  },
  brotliBomb: (socket) => {
    const body = brotliCompressSync(NOTHING, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    answer(socket, { body, headers: { 'Content-Encoding': 'br' } });
  },
  unknownEncoding: compressed('compress', Buffer.from(JSON_TEXT)),
  invalidJson: answering({ body: '{"students":{"student":[' }),
  wrongCharset: answering({ body: Buffer.from([0x22, 0xfc, 0x22]), type: 'application/json;charset=UTF-8' }),
  unknownCharset: answering({ body: JSON_TEXT, type: 'application/json;charset=klingon' }),
  byteOrderMark: answering({ body: `\uFEFF${JSON_TEXT}` }),
  empty: answering({}),
  html: answering({ body: HTML, type: 'text/html;charset=UTF-8' }),
  htmlAsJson: answering({ body: HTML }),
  xml: answering({ body: '<?xml version="1.0"?><students/>', type: 'application/xml' }),
  maintenance: redirecting('https://message.powerschool.com/?server=ps.example.org'),
  otherOrigin: redirecting('https://portal.example.org/sign-in'),
  redirectLoop: (socket, { path }) => {
    answer(socket, { status: 302, headers: { Location: path.endsWith('b') ? '/ws/a' : '/ws/b' } });
  },
  redirectsWithoutEnd: (socket, _request, number) => {
    answer(socket, { status: 302, headers: { Location: `/ws/${number}` } });
  },
  redirectNowhere: redirecting('http://['),
  notHttp: (socket) => socket.end('220 mail.example.org ESMTP ready\r\n'),
  hugeHeaders: (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    for (let i = 0; i < 200; i++) socket.write(`X-Filler-${i}: ${'a'.repeat(1000)}\r\n`);
  },
  hugeBody: (socket) => {
    socket.write(head(200, { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' }));
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    const pump = (): void => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', pump);
    pump();
  },
} satisfies Record<string, Play>;

export type FaultName = keyof typeof FAULTS;
