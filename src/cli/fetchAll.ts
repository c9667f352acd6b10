import { createHash } from 'node:crypto';
import type { ExportRequest } from '../core/output/exportState.ts';
import { PartFile } from '../core/output/partFile.ts';
import { type ExportPage, type ExportResult, exportToFile } from '../core/output/recordExport.ts';
import { exportToStream } from '../core/output/recordStream.ts';
import type { PowerSchoolClient } from '../core/powerschool/client.ts';
import { fetchAllPages, type PagingNote } from '../core/powerschool/paging.ts';
import { countRecords, type PagingPlan, type PagingRequest, planPages } from '../core/powerschool/pagingPlan.ts';
import { ExplainedError } from '../core/problem/explainedError.ts';
import type { CliIo } from './cliIo.ts';
import { knownColumns } from './knownColumns.ts';
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
  const tell = async (text: string): Promise<void> => {
    progress.clear();
    await io.stderr.write(`${text}\n`);
  };
  try {
    const form = encoderOptions(options);
    const needsColumns = form.format === 'csv' && part?.earlier === undefined;
    const [plan, known] = await Promise.all([
      planPages(client, request),
      needsColumns ? knownColumns(client, request) : undefined,
    ]);
    for (const line of planNotes(plan)) await tell(line);
    const encoder = { ...form, known };
    const notes: PagingNote[] = [];
    const onProgress = (records: number): void => {
      progress.show(() => progressLine(records, plan.count));
    };
    const pages = (firstPage: number): AsyncIterable<ExportPage> =>
      fetchAllPages(client, {
        ...request,
        concurrency: options.concurrency,
        plan,
        recycle: true,
        firstPage: Math.max(firstPage, plan.firstPage),
        onNote: (note) => notes.push(note),
      });
    let result: ExportResult;
    if (part === undefined) {
      const write = (bytes: Uint8Array): Promise<void> => io.stdout.write(bytes);
      result = await exportToStream({ encoder, pages: pages(plan.firstPage), write, onProgress });
    } else {
      const { pageSize = 0, count } = plan;
      const about = { file: part.file, request: exportRequest(client, request, plan), pageSize, count };
      result = await exportToFile({ ...about, part, encoder, pages, onProgress });
    }
    for (const line of [...notes.map(noteLine), ...resultNotes(result)]) await tell(line);
    if (plan.firstPage === 1 && plan.count !== undefined && plan.count !== result.records) {
      await tell(countLine(plan.count, await countAgain(client, request), result.records));
    }
  } catch (error) {
    progress.clear();
    await part?.stop();
    if (part !== undefined && part.length > 0 && !isRefusal(error)) {
      await tell(`What arrived is in ${part.file}.part; run the same command with --resume to go on.`);
    }
    throw error;
  } finally {
    progress.clear();
  }
}

function exportRequest(client: PowerSchoolClient, request: PagingRequest, plan: PagingPlan): ExportRequest {
  const { origin, pathname } = client.resolve(plan.target.path);
  const { body, method = 'GET' } = request;
  return {
    origin,
    method,
    path: pathname,
    query: plan.target.query,
    bodyDigest: body === undefined ? null : createHash('sha256').update(body).digest('hex'),
  };
}

/** Nothing was fetched: the export that is there belongs to another request, or cannot be read. */
function isRefusal(error: unknown): boolean {
  return error instanceof ExplainedError && error.code >= 'PS970' && error.code <= 'PS975';
}

async function countAgain(client: PowerSchoolClient, request: PagingRequest): Promise<number | undefined> {
  try {
    return await countRecords(client, request);
  } catch (error) {
    if (error instanceof ExplainedError) return undefined;
    throw error;
  }
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

function countLine(before: number, after: number | undefined, written: number): string {
  if (after === undefined || after === before) {
    return `The server counts ${before} records and its list has ${written}.`;
  }
  return `The server counted ${before} records at the start and ${after} at the end, ${written} were written: records came or went meanwhile, so some may be missing or doubled.`;
}

function progressLine(records: number, count: number | undefined): string {
  if (count === undefined || count === 0) return `${records.toLocaleString('en')} records`;
  const share = Math.min(100, Math.floor((100 * records) / count));
  return `${records.toLocaleString('en')} of ${count.toLocaleString('en')} records (${share} %)`;
}
