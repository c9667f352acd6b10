import { type ExplainedError, explain } from '../problem/explainedError.ts';
import type { Column } from './columns.ts';
import { OUTPUT_PROBLEMS } from './outputProblems.ts';
import type { EncoderOptions, EncoderProgress, RecordFormat } from './recordEncoder.ts';
import { isObject } from './recordShape.ts';

/** What an export asks for. Two runs may share a file only when all of it is the same. */
export interface ExportRequest {
  readonly origin: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Without `page` and `pagesize`. */
  readonly query: string;
  /** SHA-256 of the body, hex; an argument of a PowerQuery may be a child's name, so the body itself is not kept. */
  readonly bodyDigest: string | null;
}

/** How far an export came, kept beside the unfinished file. Holds no credential. */
export interface ExportState extends ExportRequest, EncoderProgress {
  readonly version: 1;
  readonly pageSize: number;
  readonly format: RecordFormat;
  /** The columns the user chose, by the names he used. */
  readonly chosen: readonly string[] | null;
  readonly byteOrderMark: boolean;
  readonly keepFormulas: boolean;
  /** The first page that is not in the file. */
  readonly nextPage: number;
  /** Bytes of the unfinished file that are whole pages; whatever lies behind is cut off on resume. */
  readonly byteLength: number;
  readonly countAtStart: number | null;
}

/** What a run that resumes is about to do. */
export interface ExportIntent {
  readonly file: string;
  readonly request: ExportRequest;
  readonly pageSize: number;
  readonly encoder: EncoderOptions;
  readonly count: number | undefined;
}

/** Why the rest of an export must not be appended: PS970 request, PS973 format, PS971 page size, PS972 count. */
export function resumeObstacle(state: ExportState, intent: ExportIntent): ExplainedError | undefined {
  const { file, request, encoder } = intent;
  const sameRequest =
    state.origin === request.origin &&
    state.method === request.method &&
    state.path === request.path &&
    state.query === request.query &&
    state.bodyDigest === request.bodyDigest;
  if (!sameRequest) {
    const earlier = `${state.method} ${state.origin}${state.path}${state.query === '' ? '' : `?${state.query}`}`;
    return explain(OUTPUT_PROBLEMS, 'PS970', [file, earlier]);
  }
  const before = formName(state);
  const now = formName({ ...encoder, chosen: encoder.chosen ?? null });
  if (before !== now) return explain(OUTPUT_PROBLEMS, 'PS973', [file, before, now]);
  if (state.pageSize !== intent.pageSize) {
    return explain(OUTPUT_PROBLEMS, 'PS971', [file, state.pageSize, intent.pageSize]);
  }
  if (state.countAtStart !== null && intent.count !== undefined && state.countAtStart !== intent.count) {
    return explain(OUTPUT_PROBLEMS, 'PS972', [file, state.countAtStart, intent.count]);
  }
  return undefined;
}

function formName(form: {
  readonly format: RecordFormat;
  readonly chosen: readonly string[] | null;
  readonly byteOrderMark?: boolean | undefined;
  readonly keepFormulas?: boolean | undefined;
}): string {
  const columns = form.chosen === null ? '' : ` with columns ${form.chosen.join(',')}`;
  const mark = form.byteOrderMark === true ? ' with byte order mark' : '';
  const formulas = form.keepFormulas === true ? ' with formulas kept' : '';
  return `${form.format}${columns}${mark}${formulas}`;
}

/** Reads a state file. Throws PS974 when it is none. */
export function parseExportState(text: string, stateFile: string): ExportState {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw explain(OUTPUT_PROBLEMS, 'PS974', [stateFile, 'it is not JSON']);
  }
  if (!isObject(value) || value['version'] !== 1) {
    throw explain(OUTPUT_PROBLEMS, 'PS974', [stateFile, 'it was not written by this version']);
  }
  const wrong = Object.entries(CHECKS).find(([key, check]) => !check(value[key]));
  if (wrong !== undefined) throw explain(OUTPUT_PROBLEMS, 'PS974', [stateFile, `"${wrong[0]}" is missing or wrong`]);
  return value as unknown as ExportState;
}

type Check = (value: unknown) => boolean;

const CHECKS: Readonly<Record<Exclude<keyof ExportState, 'version'>, Check>> = {
  origin: isText,
  method: (value) => value === 'GET' || value === 'POST',
  path: isText,
  query: isText,
  bodyDigest: (value) => value === null || isText(value),
  pageSize: isCount,
  format: (value) => value === 'json' || value === 'ndjson' || value === 'csv',
  chosen: (value) => value === null || (Array.isArray(value) && value.every(isText)),
  byteOrderMark: (value) => typeof value === 'boolean',
  keepFormulas: (value) => typeof value === 'boolean',
  nextPage: (value) => isCount(value) && value !== 0,
  byteLength: isCount,
  countAtStart: (value) => value === null || isCount(value),
  columns: (value) => Array.isArray(value) && value.every(isColumn),
  headerWidth: isCount,
  records: isCount,
};

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isColumn(value: unknown): value is Column {
  return isObject(value) && isText(value['name']) && Array.isArray(value['path']) && value['path'].every(isText);
}
