import { bufferedResponse, readBytes } from '../http/bufferedResponse.ts';
import { type HttpRequest, type HttpResponse, type Transport } from '../http/transport.ts';
import { missingV1Level } from './accessLevel.ts';
import { decodeTextLoosely } from './responseText.ts';
import type { TokenSource } from './tokenSource.ts';

// Of a 401, to learn what it is about.
const MOST_REFUSAL_BYTES = 64 * 1024;

/**
 * Adds the token to requests to `origin`, and to no other. A 401 is answered by one renewal and one repetition (the
 * server did nothing yet, so this holds for writes too), unless it says that the plugin lacks its v1 level: a new
 * token would not cure that.
 */
export function withToken(inner: Transport, origin: string, tokens: TokenSource): Transport {
  return {
    close: () => inner.close(),
    async send(request) {
      if (request.url.origin !== origin) return inner.send(request);
      const token = await tokens.current(request.signal);
      const response = await inner.send(authorized(request, token));
      if (response.status !== 401) {
        tokens.accepted(token);
        return response;
      }

      const { answer, text } = await readRefusal(response);
      if (missingV1Level(text) !== undefined) return answer;
      const renewed = await tokens.renewed(token, request.signal);
      return renewed === token ? answer : inner.send(authorized(request, renewed));
    },
  };
}

function authorized(request: HttpRequest, token: string): HttpRequest {
  return { ...request, headers: [...request.headers, ['Authorization', `Bearer ${token}`]] };
}

async function readRefusal(response: HttpResponse): Promise<{ answer: HttpResponse; text: string }> {
  const { bytes } = await readBytes(response, MOST_REFUSAL_BYTES);
  return { answer: bufferedResponse(response, bytes), text: decodeTextLoosely(bytes, response.headers) };
}
