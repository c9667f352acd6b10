import { bufferedResponse, readBytes } from '../http/bufferedResponse.ts';
import type { HttpRequest, HttpResponse, Timeouts } from '../http/transport.ts';
import { redirectTarget } from '../http/redirects.ts';
import { redactText } from '../http/redaction.ts';
import { explain, type ExplainedError } from '../problem/explainedError.ts';
import { asNumber, asText, isJsonObject, parseJson } from './jsonValue.ts';
import { POWERSCHOOL_PROBLEMS } from './powerschoolProblems.ts';
import { decodeTextLoosely, mediaType } from './responseText.ts';
import { explainRedirect } from './redirectExplanation.ts';
import type { AccessToken, Credentials } from './server.ts';

const MOST_TOKEN_BYTES = 64 * 1024;
const MOST_DETAIL = 2_000;
/** Milliseconds a token is used when the server does not say how long it lives; a 401 ends it anyway. */
const UNKNOWN_LIFE = 60 * 60 * 1000;

/** The exchange of Client ID and Secret for a token: form body, Basic credentials (OAuth 2, client credentials). */
export function tokenRequest(
  origin: string,
  credentials: Credentials,
  timeouts: Timeouts | undefined,
  signal: AbortSignal,
): HttpRequest {
  const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`, 'utf8').toString('base64');
  return {
    method: 'POST',
    url: new URL('/oauth/access_token', origin),
    headers: [
      ['Authorization', `Basic ${basic}`],
      ['Content-Type', 'application/x-www-form-urlencoded;charset=UTF-8'],
      ['Accept', 'application/json'],
    ],
    body: 'grant_type=client_credentials',
    signal,
    timeouts,
  };
}

/**
 * Reads the answer of the exchange. `expires_in` is seconds, as text or as a number. Throws PS936, PS939 (redirects),
 * PS941 (wrong credentials), PS942 to PS945.
 *
 * @param now Milliseconds since 1970 when the answer came.
 */
export async function readTokenAnswer(
  response: HttpResponse,
  origin: string,
  credentials: Credentials,
  now: number,
): Promise<AccessToken> {
  const { bytes } = await readBytes(response, MOST_TOKEN_BYTES);
  const text = decodeTextLoosely(bytes, response.headers);
  const body = parseJson(text);
  const value = isJsonObject(body) ? body['access_token'] : undefined;
  if (response.status === 200 && isJsonObject(body) && typeof value === 'string' && value !== '') {
    const seconds = asNumber(body['expires_in']);
    return { value, expiresAt: now + (seconds === undefined ? UNKNOWN_LIFE : Math.max(0, seconds) * 1000) };
  }
  // A server may echo what it was sent.
  const hide = (words: string): string => redactText(words, [credentials.clientSecret]).slice(0, MOST_DETAIL);
  throw refusal(bufferedResponse(response, bytes), hide, text, body, origin);
}

function refusal(
  response: HttpResponse,
  hide: (words: string) => string,
  text: string,
  body: unknown,
  origin: string,
): ExplainedError {
  const { status } = response;
  const detail = hide(text);
  const { host } = new URL(origin);
  const from = new URL('/oauth/access_token', origin);
  const target = redirectTarget(response, from);
  if (target !== undefined) return explainRedirect(from, target);

  const error = isJsonObject(body) ? asText(body['error']) : undefined;
  const description = isJsonObject(body) ? asText(body['error_description']) : undefined;
  if (error === 'invalid_client' || status === 401) return explain(POWERSCHOOL_PROBLEMS, 'PS941', [host], { detail });
  if (status === 429 || status >= 500) return explain(POWERSCHOOL_PROBLEMS, 'PS945', [host, status], { detail });
  if (status === 404 || status === 405) return explain(POWERSCHOOL_PROBLEMS, 'PS944', [origin], { detail });
  if (error !== undefined || status === 400) {
    return explain(POWERSCHOOL_PROBLEMS, 'PS942', [host, hide(description ?? error ?? `status ${status}`)], {
      detail,
    });
  }
  if (mediaType(response.headers) === 'text/html') return explain(POWERSCHOOL_PROBLEMS, 'PS985', [host], { detail });
  return explain(POWERSCHOOL_PROBLEMS, 'PS943', [host], { detail });
}
