import { networkFailure } from './networkFailure.ts';
import { headerValue, type Header, type HttpRequest, type HttpResponse, type Transport } from './transport.ts';

const MOST_REDIRECTS = 10;
const CREDENTIAL_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization']);

/**
 * Follows redirects of GET and HEAD, at most 10. Throws PS937 for a loop and PS938 for too many.
 *
 * @param origin When given, a redirect to any other origin is not followed: the answer itself is handed out. Without
 *   it redirects lead anywhere, and credentials in the headers stay behind when the origin changes.
 */
export function withRedirects(inner: Transport, origin?: string): Transport {
  return {
    close: () => inner.close(),
    async send(request) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return inner.send(request);
      let current = request;
      const seen = new Set([withoutHash(request.url)]);
      for (;;) {
        const response = await inner.send(current);
        const target = redirectTarget(response, current.url);
        if (target === undefined || (origin !== undefined && target.origin !== origin)) {
          return current === request ? response : located(response, current.url);
        }
        await response.dispose();
        if (seen.has(withoutHash(target))) throw networkFailure('PS937', [request.url.host]);
        if (seen.size > MOST_REDIRECTS) throw networkFailure('PS938', [request.url.host, MOST_REDIRECTS]);
        seen.add(withoutHash(target));
        current = redirected(current, target);
      }
    },
  };
}

/** Where an answer redirects to, or undefined when it does not. */
export function redirectTarget(response: Pick<HttpResponse, 'status' | 'headers'>, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const location = headerValue(response.headers, 'location');
  return location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : undefined;
}

function redirected(request: HttpRequest, url: URL): HttpRequest {
  const headers: readonly Header[] =
    url.origin === request.url.origin
      ? request.headers
      : request.headers.filter(([name]) => !CREDENTIAL_HEADERS.has(name.toLowerCase()));
  return { ...request, url, headers: headers.filter(([name]) => name.toLowerCase() !== 'host') };
}

function located(response: HttpResponse, url: URL): HttpResponse {
  return { ...response, url };
}

function withoutHash(url: URL): string {
  return url.origin + url.pathname + url.search;
}
