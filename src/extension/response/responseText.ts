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
  if (view.records !== null) parts.push(view.records === 1 ? l10n.t('1 record') : l10n.t('{0} records', view.records));
  return parts.join(' · ');
}

/** The request as sent (redacted), the answer's headers and the timing, for the tab beside. */
export function exchangeText(view: ResponseView): string {
  const url = new URL(view.url);
  const lines = [`${view.method} ${url.pathname}${url.search} HTTP/1.1`, `Host: ${url.host}`];
  for (const [name, value] of view.sentHeaders) lines.push(`${name}: ${value}`);
  lines.push('', `### ${summaryOf(view)}`, '', `HTTP/1.1 ${view.status} ${view.statusText}`.trimEnd());
  for (const [name, value] of view.headers) lines.push(`${name}: ${value}`);
  const { dns, connect, tls, wait, download } = view.timings;
  lines.push('', `### ${l10n.t('Timing')}`);
  const phases: [string, number][] = [
    [l10n.t('Name lookup'), dns],
    [l10n.t('Connect'), connect],
    [l10n.t('TLS'), tls],
    [l10n.t('Wait'), wait],
    [l10n.t('Download'), download],
  ];
  for (const [name, milliseconds] of phases) lines.push(`# ${name}: ${formatDuration(milliseconds)}`);
  return `${lines.join('\n')}\n`;
}
