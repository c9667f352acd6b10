import { CsvPadding } from './csvPadding.ts';
import type { ExportIntent, ExportState } from './exportState.ts';
import { resumeObstacle } from './exportState.ts';
import type { PartFile } from './partFile.ts';
import type { RecordBatch } from './recordBatch.ts';
import { RecordEncoder } from './recordEncoder.ts';

/** One page of records, in the server's order. */
export interface ExportPage {
  /** Counted from 1, as the server counts. */
  readonly number: number;
  readonly batch: RecordBatch;
  /** Records asked for, when the server made it another than was intended. */
  readonly pageSize?: number | undefined;
}

export interface ExportResult {
  /** Records in the file, those of an earlier run too. */
  readonly records: number;
  /** Columns that appeared after the header was written; the file was written again with them. */
  readonly lateColumns: readonly string[];
  /** Chosen columns that no record has. */
  readonly unseenColumns: readonly string[];
}

export interface FileExport extends ExportIntent {
  readonly part: PartFile;
  /** Fetches from the given page on. */
  readonly pages: (firstPage: number) => AsyncIterable<ExportPage>;
  /** After each page: records so far. */
  readonly onProgress?: ((records: number) => void) | undefined;
}

/**
 * Writes all pages to a part file and finishes it; goes on where `part.earlier` stopped. When fetching or writing
 * fails, everything that arrived before is in the part file and noted, and the failure is thrown.
 * Throws PS970 to PS973 when the earlier run was another one.
 */
export async function exportToFile(options: FileExport): Promise<ExportResult> {
  const { part, encoder: form } = options;
  const earlier = part.earlier;
  let nextPage = earlier?.nextPage ?? 1;
  const encoder = new RecordEncoder({ ...form, earlier });
  let { pageSize } = options;
  const note = (): void => {
    part.note(stateOf({ ...options, pageSize }, encoder, part.length, nextPage));
  };
  try {
    const obstacle = earlier === undefined ? undefined : resumeObstacle(earlier, options);
    if (obstacle !== undefined) throw obstacle;
    try {
      for await (const page of options.pages(nextPage)) {
        const bytes = encoder.encode(page.batch);
        await part.append(bytes);
        nextPage = page.number + 1;
        pageSize = page.pageSize ?? pageSize;
        if (!encoder.waiting) note();
        options.onProgress?.(encoder.taken);
      }
    } catch (error) {
      if (encoder.waiting && nextPage > 1) {
        await part.append(encoder.flush());
        note();
      }
      throw error;
    }
    await part.append(encoder.end());
    const lateColumns = encoder.lateColumns;
    const padding =
      lateColumns.length === 0 ? undefined : new CsvPadding(encoder.header, encoder.progress.columns.length);
    await part.finish(padding === undefined ? undefined : (chunk) => padding.push(chunk));
    return { records: encoder.progress.records, lateColumns, unseenColumns: encoder.unseen };
  } catch (error) {
    await part.stop();
    throw error;
  }
}

function stateOf(intent: ExportIntent, encoder: RecordEncoder, byteLength: number, nextPage: number): ExportState {
  const { request, encoder: form } = intent;
  return {
    version: 1,
    ...request,
    pageSize: intent.pageSize,
    format: form.format,
    chosen: form.chosen ?? null,
    byteOrderMark: form.byteOrderMark ?? false,
    keepFormulas: form.keepFormulas ?? false,
    nextPage,
    byteLength,
    countAtStart: intent.count ?? null,
    ...encoder.progress,
  };
}
