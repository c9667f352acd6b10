import { redactHeaders, redactText } from '../http/redaction.ts';
import type { Header, Timings } from '../http/transport.ts';
import { isWrite } from '../request/requestKind.ts';
import type { RunOutcome, RunResult } from '../run/runResult.ts';
import type { SentRequest } from '../run/sentRequest.ts';

/** What is remembered of a request that was sent. Holds no secret and no body of an answer or of a write. */
export interface HistoryEntry {
  /** Sorts by time: `timeOf` reads it back. */
  readonly id: string;
  /** As the user knows it: its name, title or path. */
  readonly title: string;
  /** The request file, as the address of a document; undefined when it came from elsewhere. */
  readonly source: string | undefined;
  readonly server: HistoryServer | undefined;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  /** Of a read, such as the arguments of a PowerQuery. */
  readonly body: string | undefined;
  readonly pages: string | undefined;
  readonly timeout: string | undefined;
  /** The file that the records went to. */
  readonly file?: string | undefined;
  /** Nothing was left out: it can be sent again from this alone. */
  readonly whole: boolean;
  readonly outcome: RunOutcome;
  /** Undefined when no answer came. */
  readonly answer: HistoryAnswer | undefined;
  readonly error: { readonly code: string; readonly message: string; readonly mend: string } | undefined;
}

export interface HistoryServer {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
}

/** The facts of an answer, without its body. */
export interface HistoryAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly sentHeaders: readonly Header[];
  readonly headers: readonly Header[];
  readonly durationMs: number;
  readonly timings: Timings;
  readonly size: number;
  readonly records: number | null;
  readonly redirectedTo?: string | undefined;
  /** Pages that were put together. */
  readonly pages?: number | undefined;
  /** It ended before the last page. */
  readonly partial?: boolean | undefined;
}

/** A body or address over this is not kept. */
const LONGEST_TEXT = 16_000;

export interface EntryWords {
  readonly id: string;
  readonly title: string;
  readonly source: string | undefined;
  /** Of an export. */
  readonly file?: string | undefined;
}

/** The entry of a result; undefined when nothing was sent. */
export function historyEntry(result: RunResult, words: EntryWords): HistoryEntry | undefined {
  const { sent, answer, error, outcome } = result;
  if (sent === undefined) return undefined;
  const hide = (text: string): string => redactText(text, sent.secrets);
  // A server repeats what it was sent, in its headers too.
  const hideIn = (all: readonly Header[]): Header[] => redactHeaders(all.map(([name, value]) => [name, hide(value)]));
  const url = hide(sent.url.href);
  const headers = hideIn(sent.headers);
  const body = keptBody(sent);
  const same = url === sent.url.href && headers.every(([, value], index) => value === sent.headers[index]?.[1]);
  return {
    ...words,
    title: hide(words.title),
    server: sent.server && { id: sent.server.id, name: sent.server.name, origin: sent.server.origin },
    method: sent.method,
    url: url.slice(0, LONGEST_TEXT),
    headers,
    body: body.text,
    pages: sent.pages,
    timeout: sent.timeout,
    whole: same && body.whole && url.length <= LONGEST_TEXT,
    outcome,
    answer: answer && {
      status: answer.status,
      statusText: hide(answer.statusText),
      sentHeaders: hideIn(answer.sentHeaders),
      headers: hideIn(answer.headers),
      durationMs: answer.durationMs,
      timings: answer.timings,
      size: answer.body.size,
      records: answer.records ?? null,
      redirectedTo: answer.redirectedTo && hide(answer.redirectedTo),
      pages: answer.pages?.fetched,
      partial:
        answer.pages && (answer.pages.unfinished !== undefined || (words.file !== undefined && outcome !== 'passed')),
    },
    error: error && {
      code: error.code,
      message: hide(error.message),
      mend: hide(error.mend),
    },
  };
}

/** What an entry can be sent from again. */
export function sentRequestOf(entry: HistoryEntry): SentRequest | undefined {
  if (!entry.whole) return undefined;
  return {
    // The kind matters only to the question before a write: the caller knows the server as it is now.
    server: entry.server && { ...entry.server, kind: 'production' },
    method: entry.method,
    url: new URL(entry.url),
    headers: entry.headers,
    body: entry.body === undefined ? undefined : Buffer.from(entry.body, 'utf8'),
    pages: entry.pages,
    timeout: entry.timeout,
    secrets: [],
  };
}

/**
 * The body of a read says what was asked, as its address does. The body of a write holds records, and is kept no
 * longer than an answer is.
 */
function keptBody({ method, url, body, secrets }: SentRequest): { text: string | undefined; whole: boolean } {
  if (body === undefined || body.length === 0) return { text: undefined, whole: true };
  if (isWrite(method, url.pathname) || body.length > LONGEST_TEXT) return { text: undefined, whole: false };
  const text = Buffer.from(body).toString('utf8');
  const redacted = redactText(text, secrets);
  return { text: redacted, whole: redacted === text && Buffer.from(text, 'utf8').equals(body) };
}

/** The body that went out, as it may be shown while the session lasts: without secrets; undefined when it is no short text. */
export function shownBody({ body, secrets }: SentRequest): string | undefined {
  if (body === undefined || body.length === 0 || body.length > LONGEST_TEXT || body.includes(0)) return undefined;
  return redactText(Buffer.from(body).toString('utf8'), secrets);
}

/** A new id for a moment (milliseconds since 1970). */
export function newEntryId(at: number, unique: string): string {
  return `${String(at).padStart(14, '0')}-${unique.replace(/[^\w-]/g, '').slice(0, 12)}`;
}

/** Milliseconds since 1970; NaN for what is no id. */
export function timeOf(id: string): number {
  return /^\d{14}-[\w-]+$/.test(id) ? Number(id.slice(0, 14)) : Number.NaN;
}

/** A stored value as an entry; undefined when it is none. */
export function readHistoryEntry(value: unknown): HistoryEntry | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entry = value as HistoryEntry;
  const texts = [entry.id, entry.title, entry.method, entry.url, entry.outcome];
  if (texts.some((text) => typeof text !== 'string') || Number.isNaN(timeOf(entry.id))) return undefined;
  if (!URL.canParse(entry.url) || !Array.isArray(entry.headers)) return undefined;
  return entry;
}
