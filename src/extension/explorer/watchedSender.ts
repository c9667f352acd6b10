import type { Exchange } from '../../core/catalog/serverLearning.ts';
import type { RequestSender, SendRequest, SentResponse } from '../../core/run/ports.ts';

/** Larger answers are not looked into: what a server tells about itself is small. */
const MOST_BYTES = 4 << 20;

/**
 * A sender that shows answers to `learn` while they pass through to whoever asked. One answer for each address is
 * enough: the pages of a list say the same about the server.
 */
export function watchedSender(sender: RequestSender, learn: (exchange: Exchange) => void): RequestSender {
  const seen = new Set<string>();
  return {
    async send(request: SendRequest): Promise<SentResponse> {
      const response = await sender.send(request);
      const key = `${request.method} ${response.url.pathname} ${response.status}`;
      if (seen.has(key)) return response;
      seen.add(key);
      const { method } = request;
      const target = response.url.pathname;
      const { status } = response;
      const told = (body: unknown): void => learn({ method, target, status, body });
      return { ...response, body: watched(response.body, told) };
    },
  };
}

async function* watched(
  body: AsyncIterable<Uint8Array>,
  told: (body: unknown) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let kept: Uint8Array[] | undefined = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MOST_BYTES) kept = undefined;
    // A copy: whoever gets the chunk may give its memory back.
    kept?.push(new Uint8Array(chunk));
    yield chunk;
  }
  if (kept) told(parsed(Buffer.concat(kept)));
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
