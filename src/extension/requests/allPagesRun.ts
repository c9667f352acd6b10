import { ProgressLocation, l10n, window, type Uri } from 'vscode';
import { FetchPace } from '../../core/output/fetchPace.ts';
import type { PagesFollower, UnfinishedPages } from '../../core/run/allPages.ts';
import { abortSignalOf } from '../adapters/cancellation.ts';
import type { BodyStore } from '../response/bodyStore.ts';
import type { ResponseDocuments } from '../response/responseDocuments.ts';
import { isRead } from './pagedRequest.ts';
import { PagesProgress } from './pagesProgress.ts';
import { requestLabel, type RequestParser } from './requestDocuments.ts';
import { findByKey, type RequestPlace } from './requestPlace.ts';
import type { RequestRunner } from './requestRunner.ts';
import { maySend } from './trust.ts';

export interface AllPagesContext {
  readonly runner: RequestRunner;
  readonly bodies: BodyStore;
}

/**
 * Runs all pages of a request, with progress that can be cancelled; what arrived before is kept and shown.
 * @param from where an earlier run of it ended.
 */
export async function runAllPages(
  { document, request }: RequestPlace,
  { runner, bodies }: AllPagesContext,
  from?: UnfinishedPages,
): Promise<void> {
  if (!isRead(request)) {
    await window.showInformationMessage(l10n.t('Only requests that read have pages.'));
    return;
  }
  if (!maySend()) return;
  const hold = from && bodies.hold(from.body);
  try {
    await withPagesProgress(requestLabel(request), from, ({ signal, pages }) =>
      runner.runMany(
        [{ document, select: ({ index }) => index === request.index }],
        async (event, _, entry) => {
          if (event.kind === 'result') await runner.showResult(document, event.result, entry);
        },
        signal,
        pages,
      ),
    );
  } finally {
    await hold?.release();
  }
}

/** Shows how far the pages of a request came, and lets them be cancelled. */
export function withPagesProgress<T>(
  label: string,
  from: UnfinishedPages | undefined,
  work: (all: { readonly signal: AbortSignal; readonly pages: PagesFollower }) => Promise<T>,
): Thenable<T> {
  const location = ProgressLocation.Notification;
  const title = l10n.t('All pages of {0}', label);
  return window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    const shown = new PagesProgress(progress, new FetchPace(() => performance.now(), from?.records), from?.records);
    const onProgress = (records: number, count: number | undefined): void => shown.show(records, count);
    return work({ signal: abortSignalOf(token), pages: { from, onProgress } });
  });
}

/** Goes on where the pages of the response that is shown ended. */
export async function continuePages(
  uri: Uri | undefined,
  documents: ResponseDocuments,
  parser: RequestParser,
  context: AllPagesContext,
): Promise<void> {
  const view = uri && documents.viewOf(uri);
  const unfinished = view?.pages?.unfinished;
  if (!view || !unfinished) return;
  const place = await findByKey(view.key, parser);
  if (place) await runAllPages(place, context, unfinished);
  else await window.showInformationMessage(l10n.t('The request of these pages is not there any more.'));
}
