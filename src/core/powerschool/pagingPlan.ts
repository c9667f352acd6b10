import type { Header } from '../http/transport.ts';
import { ExplainedError } from '../problem/explainedError.ts';
import { isJsonObject, asNumber } from './jsonValue.ts';
import { readMetadata } from './metadata.ts';
import type { ApiSender } from './client.ts';
import { type PagedTarget, readPagedTarget } from './pagingTarget.ts';
import { readJson } from './responseText.ts';

/** A list to fetch page by page. */
export interface PagingRequest {
  /** `/ws/…` with its query; `pagesize` and `page` in it count. */
  readonly target: string;
  /** GET when left out; POST for a PowerQuery. */
  readonly method?: 'GET' | 'POST' | undefined;
  readonly headers?: readonly Header[] | undefined;
  readonly body?: string | undefined;
  /** Records a page; the server's limit when neither this nor the target says it. */
  readonly pageSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How a list will be fetched. */
export interface PagingPlan {
  readonly target: PagedTarget;
  /** Records a page; undefined when the address is not known to come in pages: it is asked for once, as it is. */
  readonly pageSize: number | undefined;
  /** The page size that was asked for, when the server allows less. */
  readonly tooLarge: number | undefined;
  readonly firstPage: number;
  /** Records on the server before the first page; undefined when it does not tell. */
  readonly count: number | undefined;
}

/** What the server gives when nobody says how much (PowerSchool API behaviour, paging: default of PowerQueries). */
const USUAL_PAGE = 100;
/** A PowerQuery has no limit; this keeps a page small enough for memory and a query from running too often. */
const POWER_QUERY_PAGE = 1000;

/**
 * Reads the server's limits and the number of records. Answers that do not help are passed over: the pages
 * themselves will show what is wrong. Rejects like `client.send`.
 */
export async function planPages(client: ApiSender, request: PagingRequest): Promise<PagingPlan> {
  const target = readPagedTarget(request.target);
  const [limit, count] = await Promise.all([limitOf(client, target, request.signal), countRecords(client, request)]);
  const asked = request.pageSize ?? target.pageSize;
  const tooLarge = asked !== undefined && limit !== undefined && asked > limit ? asked : undefined;
  const usual = target.limitKey === undefined ? POWER_QUERY_PAGE : USUAL_PAGE;
  return {
    target,
    pageSize: target.paged || asked !== undefined ? Math.min(asked ?? limit ?? usual, limit ?? Infinity) : undefined,
    tooLarge,
    firstPage: target.firstPage ?? 1,
    count,
  };
}

/** The number of records behind a list; undefined when the server does not tell. Rejects like `client.send`. */
export async function countRecords(client: ApiSender, request: PagingRequest): Promise<number | undefined> {
  const { countTarget } = readPagedTarget(request.target);
  if (countTarget === undefined) return undefined;
  const { method = 'GET', headers, body, signal } = request;
  const response = await client.send({ method, target: countTarget, headers, body, signal });
  if (response.status !== 200) {
    await response.dispose();
    return undefined;
  }
  try {
    const answer = await readJson(response);
    const inner = isJsonObject(answer) && isJsonObject(answer['resource']) ? answer['resource'] : answer;
    const count = isJsonObject(inner) ? asNumber(inner['count']) : undefined;
    return count !== undefined && count >= 0 ? count : undefined;
  } catch (error) {
    if (error instanceof ExplainedError) return undefined;
    throw error;
  }
}

/**
 * The number of records once more, after all are there; undefined also when the server answers with an error or when
 * the user cancels: that takes nothing away from what was fetched.
 */
export async function countAgain(client: ApiSender, request: PagingRequest): Promise<number | undefined> {
  try {
    return await countRecords(client, request);
  } catch (error) {
    if (error instanceof ExplainedError || request.signal?.aborted === true) return undefined;
    throw error;
  }
}

async function limitOf(
  client: ApiSender,
  { limitKey }: PagedTarget,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  if (limitKey === undefined) return undefined;
  try {
    return (await readMetadata(client, { signal })).maxPageSizes[limitKey];
  } catch (error) {
    if (error instanceof ExplainedError) return undefined;
    throw error;
  }
}
