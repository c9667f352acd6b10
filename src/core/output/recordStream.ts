import { CsvPadding } from './csvPadding.ts';
import { type EncoderOptions, RecordEncoder } from './recordEncoder.ts';
import type { ExportPage, ExportResult } from './recordExport.ts';
import { SpoolFile } from './spoolFile.ts';

export interface StreamExport {
  readonly encoder: EncoderOptions;
  readonly pages: AsyncIterable<ExportPage>;
  /** Takes bytes in order; they may be overwritten once it resolves. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly onProgress?: ((records: number) => void) | undefined;
}

/**
 * Writes all pages to something that cannot be written again. A CSV table whose columns nobody chose is kept on disk
 * until the last page, since a late column changes the header. When fetching fails, what arrived before is written
 * and the failure is thrown.
 */
export async function exportToStream(options: StreamExport): Promise<ExportResult> {
  const { encoder: form, write } = options;
  const encoder = new RecordEncoder(form);
  const spool = form.format === 'csv' && form.chosen === undefined ? await SpoolFile.create() : undefined;
  const out = spool === undefined ? write : (bytes: Uint8Array) => spool.append(bytes);
  try {
    let failure: { readonly error: unknown } | undefined;
    try {
      for await (const { batch } of options.pages) {
        await out(encoder.encode(batch));
        options.onProgress?.(encoder.taken);
      }
    } catch (error) {
      failure = { error };
    }
    // An array that was cut off stays open: nobody takes it for the whole.
    await out(failure === undefined ? encoder.end() : encoder.flush());
    const lateColumns = encoder.lateColumns;
    if (spool !== undefined) {
      const padding = new CsvPadding(encoder.header, encoder.progress.columns.length);
      for await (const chunk of spool.read()) await write(lateColumns.length > 0 ? padding.push(chunk) : chunk);
    }
    if (failure !== undefined) throw failure.error;
    return { records: encoder.progress.records, lateColumns, unseenColumns: encoder.unseen };
  } finally {
    await spool?.remove();
  }
}
