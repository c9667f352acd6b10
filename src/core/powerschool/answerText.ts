import { asList, asText, isJsonObject, parseJson } from './jsonValue.ts';

/** What a server says in a refusal, whatever family it comes from. */
export interface AnswerText {
  /** Parsed JSON, or undefined. */
  readonly body: unknown;
  /** The sentence inside, or empty. */
  readonly message: string;
  /** `error` of an OAuth answer, or empty. */
  readonly oauthError: string;
}

/**
 * Reads the message out of the shapes that PowerSchool uses: `{"errorMessage":{"message":…}}` (/ws/v1), the same as XML,
 * `{"message":…,"errors":[…]}` (/ws/schema, /ws/xte) and `{"error":…,"error_description":…}` (OAuth).
 */
export function readAnswerText(text: string): AnswerText {
  const body = parseJson(text);
  if (!isJsonObject(body)) {
    const inXml = /<message>([\s\S]*?)<\/message>/i.exec(text)?.[1];
    return { body, message: unescapeXml(inXml ?? '').trim(), oauthError: '' };
  }
  const { errorMessage, message, error } = body;
  const oauthError = asText(error) ?? '';
  const nested = isJsonObject(errorMessage) ? asText(errorMessage['message']) : asText(errorMessage);
  const spoken = nested ?? asText(message) ?? asText(body['error_description']) ?? oauthError;
  return { body, message: spoken.trim(), oauthError };
}

/** `field: code` of each entry of `errors`, for answers whose message says little. */
export function describeErrors(body: unknown): string {
  if (!isJsonObject(body)) return '';
  return asList(body['errors'])
    .filter(isJsonObject)
    .map((error) =>
      [error['field'], error['message'] ?? error['code']].flatMap((part) => asText(part) ?? []).join(': '),
    )
    .filter((part) => part !== '')
    .join(', ');
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
