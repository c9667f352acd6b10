import { pathToFileURL } from 'node:url';
import { l10n } from 'vscode';
import { hideInText } from '../../core/privacy/hideInText.ts';
import { hideInUrl } from '../../core/privacy/hideInUrl.ts';
import type { PersonalField } from '../../core/privacy/personalFields.ts';
import { formatDuration } from '../../core/output/quantity.ts';
import { headerValue } from '../../core/http/transport.ts';
import { summaryOf } from './responseText.ts';
import type { ResponseView } from './responseView.ts';
import { timingPicture } from './timingPicture.ts';

/**
 * The request as sent (redacted), the answer's headers, what an error means, and where the time went, for the tab
 * beside. Facts are comments: what is above them can be copied into a request file.
 *
 * @param hidden the place above all fields while personal ones are hidden.
 */
export function exchangeText(view: ResponseView, hidden: PersonalField | undefined): string {
  const lines = [`# ${l10n.t('Sent to {0}', view.serverName)}${sentAt(view)}`, ...requestLines(view, hidden)];
  const answered = view.status > 0;
  lines.push('', `### ${answered ? summaryOf(view) : l10n.t('No answer')}`);
  if (view.explanation) {
    const { code, message, mend } = view.explanation;
    lines.push('', `# ${code}: ${message}`, `# ${mend}`);
  }
  if (answered) lines.push('', ...answerLines(view));
  return `${lines.join('\n')}\n`;
}

function answerLines(view: ResponseView): string[] {
  const lines = [`HTTP/1.1 ${view.status} ${view.statusText}`.trimEnd()];
  for (const [name, value] of view.headers) lines.push(`${name}: ${value}`);
  lines.push('', `### ${l10n.t('Timing: {0}', formatDuration(view.durationMs))}`, '');
  for (const line of timingPicture(view.timings)) lines.push(`# ${line}`);
  const facts = factsOf(view);
  if (facts.length > 0) lines.push('', ...facts.map((fact) => `# ${fact}`));
  return lines;
}

function sentAt({ sentAt: at }: ResponseView): string {
  return at === undefined ? '' : `, ${new Date(at).toLocaleString()}`;
}

function requestLines(view: ResponseView, hidden: PersonalField | undefined): string[] {
  const url = new URL(view.url);
  let target = `${url.pathname}${url.search}`;
  let body = view.sentBody ?? '';
  if (hidden) {
    target = hideInUrl(target, hidden);
    body = hideInText(body, /^\s*[[{]/.test(body) ? 'json' : /^\s*</.test(body) ? 'xml' : 'txt', hidden);
  }
  const lines = [`${view.method} ${target} HTTP/1.1`, `Host: ${url.host}`];
  for (const [name, value] of view.sentHeaders) lines.push(`${name}: ${value}`);
  if (body.trim() !== '') lines.push('', body.trim());
  return lines;
}

/** What else is known of the way: redirects, a cache, a connection that was open. */
function factsOf({ timings, headers, redirectedTo, body, size, file, partial }: ResponseView): string[] {
  const facts: string[] = [];
  if (partial) facts.push(l10n.t('Not all pages came.'));
  if (file !== undefined) facts.push(l10n.t('The records went to {0}', pathToFileURL(file).href));
  else if (size > 0 && body.bytes === undefined && body.spooled === undefined) {
    facts.push(l10n.t('The body of the answer is not kept.'));
  }
  if (redirectedTo !== undefined) facts.push(l10n.t('Redirected to {0}', redirectedTo));
  if (timings.dns + timings.connect + timings.tls === 0) {
    facts.push(l10n.t('The connection was open from the request before.'));
  }
  const age = headerValue(headers, 'age');
  if (age !== undefined) facts.push(l10n.t('A cache on the way answered; its copy is {0} s old.', age));
  return facts;
}
