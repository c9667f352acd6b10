import { basename } from 'node:path';
import { ProgressLocation, Uri, commands, l10n, window, workspace } from 'vscode';
import { exportBatches } from '../../core/output/batchExport.ts';
import type { ExportState } from '../../core/output/exportState.ts';
import { FetchPace } from '../../core/output/fetchPace.ts';
import { findUnfinished, PartFile } from '../../core/output/partFile.ts';
import type { EncoderOptions } from '../../core/output/recordEncoder.ts';
import type { ExportResult } from '../../core/output/recordExport.ts';
import { ExplainedError } from '../../core/problem/explainedError.ts';
import { exportedResult, FirstAnswer } from '../../core/run/exportedResult.ts';
import { exportList, type ListExport, type ListExportResult } from '../../core/run/listExport.ts';
import { PreparedSender } from '../../core/run/pageWatch.ts';
import type { ReadyRequest } from '../../core/run/requestRun.ts';
import { abortSignalOf } from '../adapters/cancellation.ts';
import { COMMANDS, SETTINGS, SETTINGS_SECTION } from '../contributions.ts';
import { describeError, showError } from '../problems/showError.ts';
import { PagesProgress } from '../requests/pagesProgress.ts';
import type { ExportForm } from './exportForm.ts';
import type { ExportSource, PagesSource, ShownSource } from './exportSource.ts';

export interface ExportOrder {
  readonly source: ExportSource;
  readonly form: ExportForm;
  /** Absolute path. */
  readonly file: string;
  /** Where an earlier run stopped, to go on from there in its form. */
  readonly earlier: ExportState | undefined;
}

type Outcome =
  | { readonly kind: 'written'; readonly result: ExportResult & Partial<ListExportResult> }
  | { readonly kind: 'stopped'; readonly error: unknown; readonly isResumable: boolean };

/** Writes the file with progress that can be cancelled, and tells how it ended; offers to go on when it stopped. */
export async function runExport(order: ExportOrder): Promise<void> {
  const { source, file, earlier } = order;
  const outcome = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Exporting to {0}', basename(file)),
      cancellable: true,
    },
    async (progress, token): Promise<Outcome> => {
      const pace = new FetchPace(() => performance.now(), earlier?.records);
      const shown = new PagesProgress(progress, pace, earlier?.records);
      const signal = abortSignalOf(token);
      return source.kind === 'shown'
        ? writeShown(source, order, signal, shown)
        : writePages(source, order, signal, shown);
    },
  );
  if (outcome.kind === 'written') await tellWritten(file, outcome.result);
  else await tellStopped(order, outcome);
}

async function writeShown(
  source: ShownSource,
  { form, file }: ExportOrder,
  signal: AbortSignal,
  progress: PagesProgress,
): Promise<Outcome> {
  try {
    const result = await exportBatches({
      file,
      batches: source.batches(),
      encoder: { ...form, chosen: source.columns, exact: true },
      signal,
      onProgress: (records) => progress.show(records, source.count),
    });
    return { kind: 'written', result };
  } catch (error) {
    return { kind: 'stopped', error: signal.aborted ? undefined : error, isResumable: false };
  }
}

async function writePages(
  source: PagesSource,
  { form, file, earlier }: ExportOrder,
  signal: AbortSignal,
  shown: PagesProgress,
): Promise<Outcome> {
  const at = Date.now();
  const started = performance.now();
  let part: PartFile | undefined;
  let pages = (earlier?.nextPage ?? 1) - 1;
  let records = earlier?.records ?? 0;
  let count: number | undefined;
  let error: unknown;
  let ready: ReadyRequest | undefined;
  let answer: FirstAnswer | undefined;
  try {
    const prepared = await source.prepare(signal);
    if (prepared === undefined || 'outcome' in prepared)
      return { kind: 'stopped', error: prepared?.error, isResumable: false };
    ready = prepared;
    answer = new FirstAnswer(new PreparedSender(ready.prepared, ready.connection.sender), ready.prepared.url);
    part = await PartFile.open(file, earlier !== undefined);
    const result = await exportList({
      ...listOf(ready, signal),
      sender: answer,
      encoder: earlier === undefined ? form : formOf(earlier),
      concurrency: workspace.getConfiguration(SETTINGS_SECTION).get<number>(SETTINGS.concurrency, 4),
      to: part,
      onProgress: (...progress) => {
        if (progress[0] > records) pages++;
        [records, count] = progress;
        shown.show(...progress);
      },
    });
    return { kind: 'written', result };
  } catch (failure) {
    error = failure;
    return { kind: 'stopped', error: signal.aborted ? undefined : failure, isResumable: part?.isResumable ?? false };
  } finally {
    if (ready && answer && part) {
      const duration = performance.now() - started;
      const explained = error instanceof ExplainedError ? error : undefined;
      const cancelled = error !== undefined && signal.aborted;
      const how = {
        pages,
        records,
        count,
        size: part.length,
        duration,
        cancelled,
        error: cancelled ? undefined : explained,
      };
      await source.remember(exportedResult(ready, answer, how), { at, file });
    }
  }
}

function listOf({ prepared }: ReadyRequest, signal: AbortSignal): Pick<ListExport, 'origin' | 'request'> {
  const { method, url, headers, body } = prepared;
  return {
    origin: url.origin,
    request: {
      target: url.href,
      method: method === 'POST' ? 'POST' : 'GET',
      headers,
      body: body === undefined ? undefined : Buffer.from(body).toString('utf8'),
      signal,
    },
  };
}

function formOf({ format, chosen, byteOrderMark, keepFormulas }: ExportState): EncoderOptions {
  return { format, chosen: chosen ?? undefined, byteOrderMark, keepFormulas };
}

async function tellWritten(file: string, result: ExportResult & Partial<ListExportResult>): Promise<void> {
  const name = basename(file);
  const { records, lateColumns, drift = [] } = result;
  const done =
    records === 1
      ? l10n.t('1 record was written to {0}.', name)
      : l10n.t('{0} records were written to {1}.', records.toLocaleString(), name);
  const late =
    lateColumns.length === 0
      ? []
      : [l10n.t('Columns that came late were added to the header: {0}.', lateColumns.join(', '))];
  const text = [done, ...late, ...drift.map(describeError)].join(' ');
  const open = l10n.t('Open File');
  const show = drift.length > 0 ? window.showWarningMessage : window.showInformationMessage;
  if ((await show(text, open)) === open) await commands.executeCommand('vscode.open', Uri.file(file));
}

async function tellStopped(
  order: ExportOrder,
  { error, isResumable }: Extract<Outcome, { kind: 'stopped' }>,
): Promise<void> {
  const { file, source } = order;
  if (!isResumable) {
    if (error !== undefined) await showError(error, source.server);
    return;
  }
  const earlier = await findUnfinished(file);
  const resume = l10n.t('Resume');
  const kept = l10n.t('{0} records are in {1}.part.', (earlier?.records ?? 0).toLocaleString(), basename(file));
  const why = error === undefined ? l10n.t('The export was cancelled.') : describeError(error);
  const explain = error instanceof ExplainedError ? [l10n.t('Explain')] : [];
  const answer = await window.showWarningMessage(`${why} ${kept}`, resume, ...explain);
  if (answer === resume) await runExport({ ...order, earlier });
  else if (answer !== undefined && error instanceof ExplainedError) {
    await commands.executeCommand(COMMANDS.openReference, error.code);
  }
}
