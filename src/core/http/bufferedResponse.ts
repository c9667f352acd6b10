import { headerValue, type HttpResponse } from './transport.ts';

/** The first bytes of a body. `truncated` when there were more; the rest was dropped. */
export interface BodyBytes {
  readonly bytes: Uint8Array;
  readonly truncated: boolean;
}

/** Reads a body up to `limit` bytes into memory. Throws what the body throws. */
export async function readBytes(response: Pick<HttpResponse, 'body' | 'dispose'>, limit: number): Promise<BodyBytes> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let truncated = false;
  for await (const chunk of response.body) {
    if (size + chunk.length > limit) {
      chunks.push(chunk.subarray(0, limit - size));
      size = limit;
      truncated = true;
      break;
    }
    chunks.push(chunk);
    size += chunk.length;
  }
  if (truncated) await response.dispose();
  const [only] = chunks;
  return { bytes: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size), truncated };
}

/** The same response with a body that was read already. */
export function bufferedResponse(response: HttpResponse, bytes: Uint8Array): HttpResponse {
  return {
    ...response,
    body: oneChunk(bytes),
    quiet: undefined,
    dispose: () => Promise.resolve(),
  };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  if (bytes.length > 0) yield await Promise.resolve(bytes);
}

/** Seconds or a date (RFC 9110, Retry-After), as milliseconds from `now`; undefined when there is none. */
export function retryAfter(response: Pick<HttpResponse, 'headers'>, now: number): number | undefined {
  const text = headerValue(response.headers, 'retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
