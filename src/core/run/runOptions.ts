import type { EnvironmentFile } from '../request/environment.ts';
import type { RequestEntry, RequestFile } from '../request/requestFile.ts';
import type { PagesFollower } from './allPages.ts';
import type { NamedAnswers } from './answer.ts';
import type { RunPorts } from './ports.ts';
import type { RunResult } from './runResult.ts';

/** One request file of a run. */
export interface RunFile {
  /** As it is shown in results. */
  readonly path: string;
  /** Where it lies, for included files; `path` when left out. */
  readonly location?: string | undefined;
  readonly file: RequestFile;
  /** The environment files that apply to it, the nearest first. */
  readonly environments: readonly EnvironmentFile[];
  /** Folders that included files may come from: the workspace, or the file's folder and the working directory. */
  readonly roots: readonly string[];
  /** Answers from before, which then need not be asked for again; filled while the file runs. */
  readonly answers?: NamedAnswers | undefined;
}

export interface RunOptions {
  readonly files: readonly RunFile[];
  /** Every request when left out. */
  readonly select?: ((request: RequestEntry, file: RunFile) => boolean) | undefined;
  /** The chosen environment. */
  readonly env?: string | undefined;
  /** `--var`: they come before everything else. */
  readonly vars?: ReadonlyMap<string, string> | undefined;
  readonly ports: RunPorts;
  /** Stop after the first request that is not `passed`. */
  readonly bail?: boolean | undefined;
  /** Milliseconds for a request without `# @timeout`. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Pages in flight for `# @pages all`; 4 when left out. */
  readonly concurrency?: number | undefined;
  /** Bodies up to this many bytes stay in memory; 16 MiB when left out. */
  readonly bodyLimit?: number | undefined;
  /** Also look for the records of larger bodies, while they arrive: for reports that count them, and to read them. */
  readonly indexLarge?: boolean | undefined;
  /** Fetch all pages of every selected request that reads, and tell how far that came. */
  readonly pages?: PagesFollower | undefined;
}

/** What a run tells while it goes on. */
export type RunEvent =
  | {
      readonly kind: 'start';
      readonly file: RunFile;
      readonly request: RequestEntry;
      readonly index: number;
      readonly total: number;
    }
  | {
      readonly kind: 'result';
      readonly file: RunFile;
      readonly result: RunResult;
      readonly index: number;
      readonly total: number;
    };
