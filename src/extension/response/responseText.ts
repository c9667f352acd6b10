import { l10n } from 'vscode';
import { formatDuration, formatSize } from '../../core/output/quantity.ts';
import { headerValue } from '../../core/http/transport.ts';
import type { ResponseView } from './responseView.ts';

/** The file extension that gives the document its language. */
export function extensionOf(view: ResponseView): 'json' | 'xml' | 'html' | 'txt' {
  const type = (headerValue(view.headers, 'content-type') ?? '').toLowerCase();
  if (type.includes('json')) return 'json';
  if (type.includes('html')) return 'html';
  if (type.includes('xml')) return 'xml';
  return 'txt';
}

/** `200 OK · 85 ms · 4.1 kB · 25 records`. */
export function summaryOf(
  view: Pick<ResponseView, 'status' | 'statusText' | 'durationMs' | 'size' | 'records'>,
): string {
  const parts = [`${view.status} ${view.statusText}`.trim(), formatDuration(view.durationMs), formatSize(view.size)];
  if (view.records !== null)
    parts.push(view.records === 1 ? l10n.t('1 record') : l10n.t('{0} records', view.records.toLocaleString()));
  return parts.join(' · ');
}
