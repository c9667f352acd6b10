import { basename } from 'node:path';
import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import { timeOf, type HistoryEntry } from '../../core/history/historyEntry.ts';
import { formatDuration } from '../../core/output/quantity.ts';
import { COMMANDS } from '../contributions.ts';
import { summaryOf } from '../response/responseText.ts';

/** All that was sent on one day. */
export interface DayNode {
  readonly kind: 'day';
  /** `2026-11-28`, in local time. */
  readonly day: string;
  readonly entries: readonly HistoryEntry[];
}

export interface EntryNode {
  readonly kind: 'entry';
  readonly entry: HistoryEntry;
}

export type HistoryNode = DayNode | EntryNode;

/** Newest first, as the entries come. */
export function byDay(entries: readonly HistoryEntry[]): DayNode[] {
  const days = Map.groupBy(entries, ({ id }) => dayOf(timeOf(id)));
  return [...days].map(([day, list]) => ({ kind: 'day', day, entries: list }));
}

export function dayItem({ day, entries }: DayNode, now: number): TreeItem {
  const open = day === dayOf(now) || day === dayOf(now - 86_400_000);
  const item = new TreeItem(
    dayLabel(day, now),
    open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed,
  );
  item.id = `day:${day}`;
  item.description = String(entries.length);
  item.contextValue = 'day';
  return item;
}

/**
 * @param url the address as it may be shown now.
 * @param kept the answer can be opened.
 */
export function entryItem({ entry }: EntryNode, url: string, kept: boolean): TreeItem {
  const { id, title, method, server, answer } = entry;
  const time = new Date(timeOf(id)).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const host = new URL(entry.url).host;
  const item = new TreeItem(`${method} ${title}`, TreeItemCollapsibleState.None);
  item.id = id;
  item.description = [
    time,
    answer?.status ?? outcomeWord(entry),
    server?.name ?? host,
    recordsOf(entry),
    pagesOf(entry),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
  if (entry.file !== undefined) item.description += ` → ${basename(entry.file)}`;
  item.iconPath = outcomeIcon(entry);
  item.tooltip = tooltip(entry, url, kept);
  item.accessibilityInformation = {
    label: [`${method} ${title}`, server?.name ?? host, answer ? summaryOf(answer) : outcomeWord(entry), time].join(
      ', ',
    ),
  };
  item.contextValue = ['entry', ...(answer ? ['answered'] : []), ...(kept ? ['kept'] : [])].join(' ');
  item.command = { title: '', command: COMMANDS.openHistoryEntry, arguments: [{ kind: 'entry', entry }] };
  return item;
}

function tooltip(entry: HistoryEntry, url: string, kept: boolean): MarkdownString {
  const { method, server, answer, error } = entry;
  const text = new MarkdownString();
  text.appendCodeblock(`${method} ${url}`, 'http');
  const facts = [
    new Date(timeOf(entry.id)).toLocaleString(),
    ...(server ? [`${server.name} (${server.origin})`] : []),
    answer ? summaryOf(answer) : outcomeWord(entry),
  ];
  text.appendText(`${facts.join('\n')}\n`);
  if (error) text.appendText(`\n${error.message} ${error.mend} (${error.code})\n`);
  if (entry.file !== undefined) text.appendText(`\n${l10n.t('The records went to {0}', entry.file)}`);
  else if (answer && !kept) text.appendText(`\n${l10n.t('The body of the answer is not kept.')}`);
  return text;
}

function outcomeIcon({ outcome, answer, file }: HistoryEntry): ThemeIcon {
  if (outcome === 'cancelled') return new ThemeIcon('circle-slash');
  if (outcome === 'passed')
    return new ThemeIcon(file === undefined ? 'pass' : 'export', new ThemeColor('testing.iconPassed'));
  return new ThemeIcon(answer ? 'error' : 'debug-disconnect', new ThemeColor('testing.iconFailed'));
}

function outcomeWord({ outcome }: HistoryEntry): string {
  return outcome === 'cancelled' ? l10n.t('Cancelled') : l10n.t('No answer');
}

function recordsOf({ answer }: HistoryEntry): string | undefined {
  if (!answer) return undefined;
  if (answer.records === null) return formatDuration(answer.durationMs);
  return answer.records === 1 ? l10n.t('1 record') : l10n.t('{0} records', answer.records.toLocaleString());
}

function pagesOf({ answer }: HistoryEntry): string | undefined {
  if (answer?.partial === true) return l10n.t('not all pages');
  const pages = answer?.pages ?? 1;
  return pages > 1 ? l10n.t('{0} pages', pages.toLocaleString()) : undefined;
}

function dayLabel(day: string, now: number): string {
  if (day === dayOf(now)) return l10n.t('Today');
  if (day === dayOf(now - 86_400_000)) return l10n.t('Yesterday');
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });
}

function dayOf(time: number): string {
  const date = new Date(time);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}
