import { readBytes, type BodyBytes } from '../http/bufferedResponse.ts';
import { headerValue, type Header, type HttpResponse } from '../http/transport.ts';
import { explain } from '../problem/explainedError.ts';
import { POWERSCHOOL_PROBLEMS } from './powerschoolProblems.ts';

/** Bytes of one JSON value that is held in memory. */
const MOST_JSON_BYTES = 64 * 1024 * 1024;

/** Reads a body up to `limit` bytes; the rest of a longer one is dropped. */
export function readBody(
  response: Pick<HttpResponse, 'body' | 'dispose'>,
  { limit }: { readonly limit: number },
): Promise<BodyBytes> {
  return readBytes(response, limit);
}

/**
 * The text of a body by its charset (UTF-8 when none is named), without byte order mark.
 * Throws PS933 when the bytes do not fit, or when nobody knows the charset.
 */
export function decodeText(bytes: Uint8Array, headers: readonly Header[]): string {
  const charset = charsetOf(headers);
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw explain(POWERSCHOOL_PROBLEMS, 'PS933', [charset], { cause });
  }
}

/** Like `decodeText`, but never fails: for showing and explaining. */
export function decodeTextLoosely(bytes: Uint8Array, headers: readonly Header[]): string {
  try {
    return new TextDecoder(charsetOf(headers)).decode(bytes);
  } catch {
    return new TextDecoder('utf-8').decode(bytes);
  }
}

/** The whole body as a JSON value. Throws PS932 (no JSON), PS933 (charset), PS934 (too large), PS935 (empty). */
export async function readJson(response: Pick<HttpResponse, 'body' | 'dispose' | 'headers'>): Promise<unknown> {
  const { bytes, truncated } = await readBytes(response, MOST_JSON_BYTES);
  if (truncated) throw explain(POWERSCHOOL_PROBLEMS, 'PS934', [MOST_JSON_BYTES]);
  const text = decodeText(bytes, response.headers);
  if (text.trim() === '') throw explain(POWERSCHOOL_PROBLEMS, 'PS935');
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw explain(POWERSCHOOL_PROBLEMS, 'PS932', [cause instanceof Error ? cause.message : String(cause)]);
  }
}

/** `application/json` of `application/json;charset=UTF-8`; empty when there is none. */
export function mediaType(headers: readonly Header[]): string {
  return (headerValue(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function charsetOf(headers: readonly Header[]): string {
  const type = headerValue(headers, 'content-type') ?? '';
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1] ?? 'utf-8';
}
