import { ExplainedError, explain } from '../problem/explainedError.ts';
import type { ApiRequest, ApiResponse, ApiSender } from './client.ts';
import { explainResponse } from './errorExplanation.ts';
import { asNumber, asText, isJsonObject } from './jsonValue.ts';
import { POWERSCHOOL_PROBLEMS } from './powerschoolProblems.ts';
import { decodeTextLoosely, readBody, readJson } from './responseText.ts';
import { bufferedResponse } from '../http/bufferedResponse.ts';

/** What `/ws/v1/metadata` tells. It answers everybody; `pluginId` is there only for a valid token. */
export interface ServerMetadata {
  readonly version?: string | undefined;
  readonly pluginId?: string | undefined;
  /** `student` → 100, from `student_max_page_size`; `schema_table_query` for tables. */
  readonly maxPageSizes: Readonly<Record<string, number>>;
}

/** Throws an `ExplainedError` for any answer but metadata. */
export async function readMetadata(
  client: ApiSender,
  options: Pick<ApiRequest, 'authorize' | 'signal' | 'timeouts'> = {},
): Promise<ServerMetadata> {
  const response = await client.send({ method: 'GET', target: '/ws/v1/metadata', ...options });
  return parseMetadata(await readAnswer(response), response.url);
}

/** Reads the body of metadata. Throws PS944 for JSON of another kind. */
export function parseMetadata(body: unknown, url: URL): ServerMetadata {
  const metadata = isJsonObject(body) && isJsonObject(body['metadata']) ? body['metadata'] : undefined;
  if (metadata === undefined) throw explain(POWERSCHOOL_PROBLEMS, 'PS944', [url.origin]);
  const maxPageSizes: Record<string, number> = {};
  for (const [key, value] of Object.entries(metadata)) {
    const kind = /^(.+)_max_page_size$/.exec(key)?.[1];
    const size = asNumber(value);
    if (kind !== undefined && size !== undefined && size > 0) maxPageSizes[kind] = size;
  }
  return { version: asText(metadata['powerschool_version']), pluginId: asText(metadata['plugin_id']), maxPageSizes };
}

const MOST_SMALL_ANSWER = 1024 * 1024;

/** The JSON of a small answer; throws the explanation when the answer is no success. */
export async function readAnswer(response: ApiResponse): Promise<unknown> {
  const { bytes } = await readBody(response, { limit: MOST_SMALL_ANSWER });
  const problem = explainResponse(response, decodeTextLoosely(bytes, response.headers));
  if (problem instanceof ExplainedError) throw problem;
  return readJson(bufferedResponse(response, bytes));
}
