import { compactJson, holdsLineEnd } from './jsonBytes.ts';
import { PartFile } from './partFile.ts';
import { batchOfRecords, recordBytes, type RecordBatch } from './recordBatch.ts';
import type { EncoderOptions } from './recordEncoder.ts';
import { type ExportPage, type ExportResult, exportToFile } from './recordExport.ts';

export interface BatchExport {
  readonly file: string;
  readonly batches: AsyncIterable<RecordBatch>;
  readonly encoder: EncoderOptions;
  readonly signal: AbortSignal;
  readonly onProgress: (records: number) => void;
}

/**
 * Writes records that are here already to a file, through a part file: the file is whole or not there. The batches are
 * left as they are. Throws PS978 when the disk is full, and the signal's reason when cancelled; nothing is left then.
 */
export async function exportBatches(options: BatchExport): Promise<ExportResult> {
  const { file, encoder, onProgress } = options;
  const part = await PartFile.open(file, false);
  try {
    return await exportToFile({
      file,
      part,
      encoder,
      onProgress,
      request: { origin: '', method: 'GET', path: '', query: '', bodyDigest: null },
      pageSize: 0,
      count: undefined,
      pages: () => numbered(options),
    });
  } catch (error) {
    await part.discard();
    throw error;
  }
}

async function* numbered({ batches, signal }: BatchExport): AsyncGenerator<ExportPage, void, undefined> {
  let number = 0;
  for await (const batch of batches) {
    signal.throwIfAborted();
    yield { number: ++number, batch: onOneLineEach(batch) };
  }
}

/** A copy where it is needed: writers of lines may change a batch, and a record of many lines would be many. */
function onOneLineEach(batch: RecordBatch): RecordBatch {
  const { bytes, count } = batch;
  if (!holdsLineEnd(bytes, 0, bytes.length)) return { ...batch, contiguous: false };
  return batchOfRecords(Array.from({ length: count }, (_, index) => compactJson(recordBytes(batch, index))));
}
