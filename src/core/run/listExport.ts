import { createHash } from 'node:crypto';
import type { ExportRequest } from '../output/exportState.ts';
import type { PartFile } from '../output/partFile.ts';
import type { EncoderOptions } from '../output/recordEncoder.ts';
import { type ExportPage, type ExportResult, exportToFile } from '../output/recordExport.ts';
import { exportToStream } from '../output/recordStream.ts';
import type { ApiSender } from '../powerschool/client.ts';
import { ListWatch } from '../powerschool/listWatch.ts';
import { fetchAllPages, type PagingNote } from '../powerschool/paging.ts';
import { countAgain, type PagingPlan, type PagingRequest, planPages } from '../powerschool/pagingPlan.ts';
import type { ExplainedError } from '../problem/explainedError.ts';
import { knownColumns } from './listColumns.ts';
import { partPages } from './partPages.ts';

export interface ListExport {
  readonly sender: ApiSender;
  /** Origin of the server. */
  readonly origin: string;
  readonly request: PagingRequest;
  /** The form of the records; known columns are found here. */
  readonly encoder: Omit<EncoderOptions, 'known' | 'earlier'>;
  /** Pages in flight. */
  readonly concurrency: number;
  /** A file, which may go on where an earlier run stopped, or whatever takes bytes in order. */
  readonly to: PartFile | ((bytes: Uint8Array) => Promise<void>);
  /** Once the server was asked how much there is. */
  readonly onPlan?: ((plan: PagingPlan) => Promise<void> | void) | undefined;
  /** After each page: records so far, those of an earlier run too, and how many the server counted. */
  readonly onProgress?: ((records: number, count: number | undefined) => void) | undefined;
}

export interface ListExportResult extends ExportResult {
  readonly notes: readonly PagingNote[];
  /** Warnings: records came or went while the pages were fetched. */
  readonly drift: readonly ExplainedError[];
}

/**
 * Fetches all pages of a list into a file or a stream, without holding them. Throws what `planPages`, `fetchAllPages`
 * and `exportToFile` throw; what arrived before is then in the part file and can be gone on with.
 */
export async function exportList(options: ListExport): Promise<ListExportResult> {
  const { to } = options;
  if (typeof to === 'function') return new ListExporter(options).run();
  try {
    return await new ListExporter(options).run();
  } catch (error) {
    await to.stop();
    throw error;
  }
}

class ListExporter {
  readonly #options: ListExport;
  readonly #watch = new ListWatch();
  readonly #notes: PagingNote[] = [];
  #pages = 0;

  constructor(options: ListExport) {
    this.#options = options;
  }

  async run(): Promise<ListExportResult> {
    const { sender, origin, request, to, onPlan } = this.#options;
    const earlier = typeof to === 'function' ? undefined : to.earlier;
    const needsColumns = this.#options.encoder.format === 'csv' && earlier === undefined;
    const [plan, known] = await Promise.all([
      planPages(sender, request),
      needsColumns ? knownColumns(sender, request, origin) : undefined,
    ]);
    await onPlan?.(plan);
    const result = await this.#write(plan, { ...this.#options.encoder, known });
    return { ...result, notes: this.#notes, drift: await this.#drift(plan, result.records) };
  }

  #write(plan: PagingPlan, encoder: EncoderOptions): Promise<ExportResult> {
    const { to, onProgress } = this.#options;
    const { pageSize = 0, count } = plan;
    const progress = (records: number): void => onProgress?.(records, count);
    if (typeof to === 'function') {
      return exportToStream({ encoder, pages: this.#fetch(plan, plan.firstPage), write: to, onProgress: progress });
    }
    return exportToFile({
      file: to.file,
      request: this.#describe(plan),
      pageSize,
      count,
      part: to,
      encoder,
      pages: (firstPage) => this.#fetch(plan, firstPage),
      onProgress: progress,
    });
  }

  async *#fetch(plan: PagingPlan, firstPage: number): AsyncGenerator<ExportPage, void, undefined> {
    const { sender, request, concurrency, to } = this.#options;
    if (typeof to !== 'function' && to.earlier !== undefined) {
      for await (const page of partPages(`${to.file}.part`, to.earlier)) {
        request.signal?.throwIfAborted();
        this.#watch.look(page);
      }
    }
    const pages = fetchAllPages(sender, {
      ...request,
      concurrency,
      plan,
      recycle: true,
      firstPage: Math.max(firstPage, plan.firstPage),
      watch: this.#watch,
      onNote: (note) => this.#notes.push(note),
    });
    for await (const page of pages) {
      this.#pages++;
      yield page;
    }
  }

  /** One page is one answer and cannot move; a list that starts in the middle has no count to compare with. */
  async #drift(plan: PagingPlan, fetched: number): Promise<ExplainedError[]> {
    const { sender, request } = this.#options;
    const whole = plan.firstPage === 1;
    const before = whole ? plan.count : undefined;
    const mayHaveMoved = before !== undefined && (this.#pages > 1 || before !== fetched);
    return this.#watch.report({ before, after: mayHaveMoved ? await countAgain(sender, request) : undefined, fetched });
  }

  #describe(plan: PagingPlan): ExportRequest {
    const { request } = this.#options;
    const { origin, pathname } = new URL(plan.target.path, this.#options.origin);
    const { body, method = 'GET' } = request;
    return {
      origin,
      method,
      path: pathname,
      query: plan.target.query,
      bodyDigest: body === undefined ? null : createHash('sha256').update(body).digest('hex'),
    };
  }
}
