import { shownBody, timeOf } from '../../core/history/historyEntry.ts';
import type { RunAnswer, RunResult } from '../../core/run/runResult.ts';
import type { MissingGrantsError } from '../../core/powerschool/missingGrants.ts';
import type { ExplainedError } from '../../core/problem/explainedError.ts';
import type { ResponseView } from '../response/responseView.ts';

export interface ResultViewOptions {
  readonly key: string;
  readonly title: string;
  readonly serverName: string;
  readonly result: RunResult;
  readonly answer: RunAnswer;
  /** Bytes of the body that are shown. */
  readonly limit: number;
  readonly historyId: string | undefined;
}

/** What the response documents show of a result. */
export function responseViewOf({
  key,
  title,
  serverName,
  result,
  answer,
  limit,
  historyId,
}: ResultViewOptions): ResponseView {
  const { error } = result;
  return {
    key,
    title,
    serverName,
    method: result.method,
    url: result.url,
    sentHeaders: answer.sentHeaders,
    sentBody: result.sent && shownBody(result.sent),
    sentAt: historyId === undefined ? undefined : timeOf(historyId),
    redirectedTo: answer.redirectedTo,
    historyId,
    status: answer.status,
    statusText: answer.statusText,
    headers: answer.headers,
    durationMs: answer.durationMs,
    timings: answer.timings,
    size: answer.body.size,
    records: answer.records ?? null,
    body: answer.body,
    previewLimit: limit,
    missingGrants: missingGrantsOf(error),
    explanation: error && { code: error.code, message: error.message, mend: error.mend },
  };
}

/** The error class lives in a chunk that is loaded with the first answer: its shape tells. */
function missingGrantsOf(error: ExplainedError | undefined): ResponseView['missingGrants'] {
  if (!error || !('missingGrants' in error)) return [];
  const { missingGrants } = error as MissingGrantsError;
  return missingGrants.map(({ table, field }) => ({ table, column: field }));
}
