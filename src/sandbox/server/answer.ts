import type { ElementDocument } from '../wire/element.ts';

/** Content type of every JSON answer. */
export const JSON_TYPE = 'application/json;charset=UTF-8';

/** What a handler gives back; the HTTP layer turns it into bytes. */
export interface Answer {
  readonly status: number;
  readonly body: AnswerBody;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds over which the body is sent in pieces. */
  readonly trickle?: number | undefined;
}

export type AnswerBody =
  | { readonly kind: 'none' }
  /** JSON or XML, as the caller accepts: all of `/ws/v1`. */
  | { readonly kind: 'element'; readonly document: ElementDocument }
  /** JSON whatever the caller accepts. */
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly type: string; readonly text: string }
  /** Pieces of a text that is too long to be held; an error among them breaks the connection off. */
  | { readonly kind: 'stream'; readonly type: string; readonly pieces: AsyncIterable<string> };

export function elementAnswer(document: ElementDocument, status = 200): Answer {
  return { status, body: { kind: 'element', document } };
}

export function jsonAnswer(value: unknown, status = 200): Answer {
  return { status, body: { kind: 'json', value } };
}

export function emptyAnswer(status: number, headers?: Readonly<Record<string, string>>): Answer {
  return { status, body: { kind: 'none' }, headers };
}
