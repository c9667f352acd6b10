import { timeOf, type HistoryEntry } from '../../core/history/historyEntry.ts';
import type { AnswerBody } from '../../core/run/answerBody.ts';
import type { MissingGrantsError } from '../../core/powerschool/missingGrants.ts';
import type { ExplainedError } from '../../core/problem/explainedError.ts';
import type { ResponseView } from '../response/responseView.ts';

export interface EntryViewOptions {
  readonly key: string;
  readonly body: AnswerBody;
  /** Bytes of the body that are shown. */
  readonly limit: number;
  /** What was sent, as it may be shown. */
  readonly sentBody: string | undefined;
  readonly missingGrants: ResponseView['missingGrants'];
}

/** What the response documents show of a request that was sent and its answer. */
export function viewOfEntry(
  entry: HistoryEntry,
  { key, body, limit, sentBody, missingGrants }: EntryViewOptions,
): ResponseView {
  const { id, title, server, method, url, answer, error } = entry;
  return {
    key,
    title: fileNameOf(title),
    serverName: server?.name ?? new URL(url).host,
    method,
    url,
    sentHeaders: answer?.sentHeaders ?? entry.headers,
    sentBody,
    sentAt: timeOf(id),
    redirectedTo: answer?.redirectedTo,
    historyId: id,
    status: answer?.status ?? 0,
    statusText: answer?.statusText ?? '',
    headers: answer?.headers ?? [],
    durationMs: answer?.durationMs ?? 0,
    timings: answer?.timings ?? { dns: 0, connect: 0, tls: 0, wait: 0, download: 0 },
    size: answer?.size ?? 0,
    records: answer?.records ?? null,
    body,
    previewLimit: limit,
    missingGrants,
    explanation: error,
    partial: answer?.partial ?? false,
    file: entry.file,
  };
}

/** The error class lives in a chunk that is loaded with the first answer: its shape tells. */
export function missingGrantsOf(error: ExplainedError | undefined): ResponseView['missingGrants'] {
  if (!error || !('missingGrants' in error)) return [];
  const { missingGrants } = error as MissingGrantsError;
  return missingGrants.map(({ table, field }) => ({ table, column: field }));
}

/** Names the tab, and a file that the answer is saved to. */
function fileNameOf(title: string): string {
  return (
    title
      .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'response'
  );
}
