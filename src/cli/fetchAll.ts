import { PartFile } from '../core/output/partFile.ts';
import { FetchPace } from '../core/output/fetchPace.ts';
import { formatRemaining } from '../core/output/quantity.ts';
import type { ExportResult } from '../core/output/recordExport.ts';
import type { PowerSchoolClient } from '../core/powerschool/client.ts';
import type { PagingNote } from '../core/powerschool/paging.ts';
import type { PagingPlan, PagingRequest } from '../core/powerschool/pagingPlan.ts';
import { ExplainedError } from '../core/problem/explainedError.ts';
import { exportList } from '../core/run/listExport.ts';
import type { CliIo } from './cliIo.ts';
import { Progress } from './progress.ts';
import { encoderOptions, type RecordOptions } from './recordOptions.ts';

/** Fetches all pages to standard output or to a file, and tells on stderr what is worth telling. */
export async function fetchAll(
  client: PowerSchoolClient,
  request: PagingRequest,
  options: RecordOptions,
  io: CliIo,
): Promise<void> {
  const part = options.file === undefined ? undefined : await PartFile.open(options.file, options.resume);
  const progress = new Progress(io.stderr);
  const pace = new FetchPace(() => performance.now(), part?.earlier?.records);
  const tell = async (text: string): Promise<void> => {
    progress.clear();
    await io.stderr.write(`${text}\n`);
  };
  try {
    const result = await exportList({
      sender: client,
      origin: client.server.origin,
      request,
      encoder: encoderOptions(options),
      concurrency: options.concurrency,
      to: part ?? ((bytes) => io.stdout.write(bytes)),
      onPlan: async (plan) => {
        for (const line of planNotes(plan)) await tell(line);
      },
      onProgress: (records, count) => {
        progress.show(() => progressLine(records, count, pace));
      },
    });
    for (const line of [...result.notes.map(noteLine), ...resultNotes(result)]) await tell(line);
    for (const { code, message, mend } of result.drift) await tell(`${code}: ${message} ${mend}`);
  } catch (error) {
    if (part?.isResumable === true && !isRefusal(error)) {
      await tell(`What arrived is in ${part.file}.part; run the same command with --resume to go on.`);
    }
    throw error;
  } finally {
    progress.clear();
  }
}

/** Nothing was fetched: the export that is there belongs to another request, or cannot be read. */
function isRefusal(error: unknown): boolean {
  return error instanceof ExplainedError && /^PS97[0-5]$/.test(error.code);
}

function planNotes(plan: PagingPlan): string[] {
  const lines: string[] = [];
  if (plan.tooLarge !== undefined) {
    lines.push(
      `The server allows ${plan.pageSize} records a page, not ${plan.tooLarge}; ${plan.pageSize} are asked for.`,
    );
  }
  if (plan.pageSize === undefined) {
    lines.push(
      'This address is not known to come in pages: it is asked for once. With pagesize=N in it, pages are asked for.',
    );
  }
  return lines;
}

function noteLine(note: PagingNote): string {
  return `The server gives ${note.received} records a page where ${note.asked} were asked for; its own page size was used.`;
}

function resultNotes({ lateColumns, unseenColumns }: ExportResult): string[] {
  const lines: string[] = [];
  if (lateColumns.length > 0) {
    lines.push(
      `Late columns: ${lateColumns.join(', ')}. The table was written again with the wider header; nothing is missing.`,
    );
  }
  if (unseenColumns.length > 0) lines.push(`No record has ${unseenColumns.join(', ')}; those columns are empty.`);
  return lines;
}

/** `12,000 of 50,000 records (24 %), 3,400/s, 11 s left`. */
function progressLine(records: number, count: number | undefined, pace: FetchPace): string {
  const { perSecond, remaining } = pace.at(records, count);
  const parts = [amount(records, count)];
  if (perSecond !== undefined) parts.push(`${Math.round(perSecond).toLocaleString('en')}/s`);
  if (remaining !== undefined) parts.push(`${formatRemaining(remaining)} left`);
  return parts.join(', ');
}

function amount(records: number, count: number | undefined): string {
  if (count === undefined || count === 0) return `${records.toLocaleString('en')} records`;
  const share = Math.min(100, Math.floor((100 * records) / count));
  return `${records.toLocaleString('en')} of ${count.toLocaleString('en')} records (${share} %)`;
}
