import { l10n, window, type QuickPickItem, type Uri } from 'vscode';
import { batchesOf } from '../../core/records/recordSource.ts';
import type { RequestEntry } from '../../core/request/requestFile.ts';
import type { ShownRecords } from '../grid/gridPanel.ts';
import type { HiddenFields } from '../response/hiddenFields.ts';
import type { ResponseDocuments } from '../response/responseDocuments.ts';
import type { ResponseView } from '../response/responseView.ts';
import { isPaged, isRead } from '../requests/pagedRequest.ts';
import type { RequestParser } from '../requests/requestDocuments.ts';
import { findByKey, type RequestPlace } from '../requests/requestPlace.ts';
import type { RequestRunner } from '../requests/requestRunner.ts';
import { maySend } from '../requests/trust.ts';
import type { ServerRegistry } from '../servers/serverRegistry.ts';
import { pickForm, type ExportForm } from './exportForm.ts';
import { askUnfinished, confirmExport, pickPlace } from './exportPlace.ts';
import { runExport } from './exportRun.ts';
import type { ExportSource, PagesSource, ShownSource } from './exportSource.ts';

export interface ExportContext {
  readonly registry: ServerRegistry;
  readonly documents: ResponseDocuments;
  readonly hidden: HiddenFields;
  readonly parser: RequestParser;
  readonly runner: RequestRunner;
}

/** What an export starts from: a response document, a table as it is filtered, or a request that was not run. */
export type ExportStart = { readonly uri: Uri } | { readonly table: ShownRecords } | RequestPlace;

/** Asks what, how and where, then writes the file. */
export async function exportResult(start: ExportStart, context: ExportContext): Promise<void> {
  const source = 'request' in start ? pagesSource(start, context) : await sourceOfAnswer(start, context);
  if (source === undefined || (source.kind === 'pages' && !maySend())) return;
  const form = await pickForm(l10n.t('Export Result'));
  if (form === undefined) return;
  if (!(await confirmExport(source, context.hidden.on))) return;
  await writeTo(await pickPlace(source.title, form.format), source, form);
}

async function writeTo(file: string | undefined, source: ExportSource, form: ExportForm): Promise<void> {
  if (file === undefined) return;
  const unfinished = await askUnfinished(file, source);
  if (unfinished === undefined) return;
  await runExport({ source, form, file, earlier: unfinished === 'new' ? undefined : unfinished });
}

async function sourceOfAnswer(
  start: Exclude<ExportStart, RequestPlace>,
  context: ExportContext,
): Promise<ExportSource | undefined> {
  const view = 'table' in start ? start.table.view : context.documents.viewOf(start.uri);
  const shown = 'table' in start ? tableSource(start.table, context) : view && shownSource(view, context);
  if (view === undefined || shown === undefined) {
    await window.showInformationMessage(l10n.t('This response holds no list of records.'));
    return undefined;
  }
  const place = isWhole(view) ? undefined : await findByKey(view.key, context.parser);
  if (place === undefined || !isPaged(place.request)) return shown;
  const items: (QuickPickItem & { readonly source: () => ExportSource | undefined })[] = [
    {
      label:
        shown.count === 1 ? l10n.t('The record shown') : l10n.t('The {0} records shown', shown.count.toLocaleString()),
      source: () => shown,
    },
    {
      label: l10n.t('All pages of the request'),
      detail: l10n.t('Straight from the server to the file, however many records there are.'),
      source: () => pagesSource(place, context),
    },
  ];
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Export Result'),
    placeHolder: l10n.t('Which records?'),
  });
  return picked?.source();
}

/** The rows as they are filtered and sorted, the columns that are shown. */
function tableSource(
  { view, count, batches, columns, allColumns }: ShownRecords,
  { registry }: ExportContext,
): ShownSource {
  return {
    kind: 'shown',
    title: view.title,
    server: registry.findByName(view.serverName),
    count,
    batches: () => batches,
    // A record with all its columns stays as the server sent it.
    columns: allColumns ? undefined : columns,
  };
}

/** All pages are here already. */
function isWhole({ pages }: ResponseView): boolean {
  return pages !== undefined && pages.unfinished === undefined;
}

function shownSource(view: ResponseView, { registry }: ExportContext): ShownSource | undefined {
  const records = view.body.records();
  if (records === undefined) return undefined;
  return {
    kind: 'shown',
    title: view.title,
    server: registry.findByName(view.serverName),
    count: records.count,
    batches: () => batchesOf(records),
    columns: undefined,
  };
}

function pagesSource(
  { document, request }: RequestPlace,
  { registry, runner }: ExportContext,
): PagesSource | undefined {
  if (!isRead(request)) {
    void window.showInformationMessage(l10n.t('Only requests that read can be exported.'));
    return undefined;
  }
  const named = request.directives.findLast(({ name }) => name.text === 'server')?.value.text;
  return {
    kind: 'pages',
    title: titleOf(request),
    server: named === undefined ? registry.active : registry.findByName(named),
    prepare: (signal) => runner.prepare(document, request, signal),
    remember: (result, when) => runner.remember(document, result, when),
  };
}

function titleOf({ name, title, target }: RequestEntry): string {
  const text = name?.text ?? title?.text ?? target.text.split(/[?#]/)[0] ?? '';
  return (
    text
      .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'records'
  );
}
