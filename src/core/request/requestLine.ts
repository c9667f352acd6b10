import type { Span } from './requestFile.ts';
import { isBlank, trimRange } from './textLines.ts';

/** Methods that a request file can send; any case in the file, upper case on the wire. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT'] as const;

/** First words of request lines in other tools that are no HTTP methods. */
const OTHER_PROTOCOLS = new Set([
  'GRAPHQL',
  'GRPC',
  'WEBSOCKET',
  'WS',
  'WSS',
  'SSE',
  'EVENTSOURCE',
  'MQTT',
  'AMQP',
  'RSOCKET',
  'STOMP',
]);

export interface RequestLine {
  /** Undefined when it was left out, which means GET. */
  readonly method: Span | undefined;
  /** Empty when the line has only a method. */
  readonly target: Span;
  readonly version: Span | undefined;
  /** `method`: the first word is neither a method nor an address. `protocol`: it belongs to another protocol. */
  readonly fault: 'method' | 'protocol' | 'target' | undefined;
}

/** Reads `[METHOD] target [HTTP/x.y]`. The target may contain spaces. */
export function readRequestLine(text: string, start: number, end: number): RequestLine {
  const line = trimRange(text, start, end);
  const word = firstWord(text, line.start, line.end);
  const upper = word.text.toUpperCase();
  const rest = targetAndVersion(text, word.range.end, line.end);
  if ((METHODS as readonly string[]).includes(upper)) {
    const good = rest.target.text === '' || looksLikeTarget(rest.target.text);
    return { method: word, ...rest, fault: good ? undefined : 'target' };
  }
  if (OTHER_PROTOCOLS.has(upper)) return { method: word, ...rest, fault: 'protocol' };
  if (looksLikeTarget(word.text)) {
    return { method: undefined, ...targetAndVersion(text, line.start, line.end), fault: undefined };
  }
  if (/^[A-Za-z]+$/.test(word.text) && looksLikeTarget(rest.target.text))
    return { method: word, ...rest, fault: 'method' };
  return { method: undefined, ...targetAndVersion(text, line.start, line.end), fault: 'target' };
}

/** True for `/path`, `http://…`, `{{host}}/…`, `example.org/path`, `localhost:8080` and `*`. */
export function looksLikeTarget(text: string): boolean {
  return /^(?:\/|https?:|\{\{|\[|\*$|localhost(?:[:/?]|$)|[\w-]+(?:\.[\w-]+)+(?:[:/?#]|$)|[\w.-]+:\d+(?:[/?#]|$))/i.test(
    text,
  );
}

/** True when a line of a body looks like the request line of another request: `METHOD address`, method in capitals. */
export function looksLikeRequestLine(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (first < 65 || first > 90) return false;
  const match = /^([A-Z]+)[ \t]+(?:\/|https?:\/\/|\{\{)/.exec(text.slice(start, Math.min(end, start + 40)));
  return match !== null && (METHODS as readonly string[]).includes(match[1] ?? '');
}

function firstWord(text: string, start: number, end: number): Span {
  let at = start;
  while (at < end && !isBlank(text.charCodeAt(at))) at++;
  return span(text, start, at);
}

function targetAndVersion(text: string, start: number, end: number): { target: Span; version: Span | undefined } {
  const range = trimRange(text, start, end);
  const { target, version } = splitVersion(text, range.start, range.end);
  return { target, version };
}

/** Takes ` HTTP/1.1` off the end. */
export function splitVersion(text: string, start: number, end: number): { target: Span; version: Span | undefined } {
  const match = /(?:^|\s)(HTTP\/\d+(?:\.\d+)?)$/i.exec(text.slice(Math.max(start, end - 16), end));
  if (match?.[1] === undefined) return { target: span(text, start, end), version: undefined };
  const at = end - match[1].length;
  const target = trimRange(text, start, at);
  return { target: span(text, target.start, target.end), version: span(text, at, end) };
}

/** The piece of the text between two offsets. */
export function span(text: string, start: number, end: number): Span {
  return { text: text.slice(start, end), range: { start, end } };
}
