import type { RecordBatch } from '../../core/output/recordBatch.ts';
import type { Server } from '../../core/powerschool/server.ts';
import type { ReadyRequest } from '../../core/run/requestRun.ts';
import type { RunResult } from '../../core/run/runResult.ts';

/** Records that can be written to a file. */
export type ExportSource = ShownSource | PagesSource;

interface SourceBase {
  /** Names the file, without its ending. */
  readonly title: string;
  /** Where the records come from, as far as that is still known. */
  readonly server: Server | undefined;
}

/** Records that are here: a response, or a table as it is filtered. */
export interface ShownSource extends SourceBase {
  readonly kind: 'shown';
  readonly count: number;
  readonly batches: () => AsyncIterable<RecordBatch>;
  /** Names of the columns that are shown, in order; all when left out. */
  readonly columns: readonly string[] | undefined;
}

/** All pages of a request, straight from the server to the file. */
export interface PagesSource extends SourceBase {
  readonly kind: 'pages';
  /** Puts the request together; a result tells why that cannot be. */
  readonly prepare: (signal: AbortSignal) => Promise<ReadyRequest | RunResult | undefined>;
  /** Puts what was sent into the history. */
  readonly remember: (result: RunResult, when: { readonly at: number; readonly file: string }) => Promise<unknown>;
}
