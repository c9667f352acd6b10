import path from 'node:path';
import type { EncoderOptions, RecordFormat } from '../core/output/recordEncoder.ts';
import type { Arguments } from './arguments.ts';
import type { OptionSpec } from './commandSpec.ts';
import { SERVER_OPTIONS } from './serverOptions.ts';
import { UsageError } from './usageError.ts';

/** Options of the commands that fetch records: `get` and `query`. */
export const RECORD_OPTIONS: readonly OptionSpec[] = [
  { name: 'all-pages', help: 'Fetch every page of the list' },
  { name: 'concurrency', value: 'N', help: 'Pages in flight at the same time (4)' },
  { name: 'format', value: 'FORMAT', help: 'json, ndjson or csv; ndjson with --all-pages, else json' },
  { name: 'columns', value: 'A,B', help: 'Only these columns, in this order' },
  { name: 'output', short: 'o', value: 'FILE', help: 'Write to FILE, through FILE.part' },
  { name: 'resume', help: 'Go on where an unfinished FILE.part stopped' },
  { name: 'bom', help: 'Start a CSV file with a byte order mark, for Excel' },
  { name: 'keep-formulas', help: 'Leave CSV cells alone that a spreadsheet would run as formulas' },
  { name: 'timeout', value: 'MS', help: 'Longest wait for an answer, and for more of it' },
  ...SERVER_OPTIONS,
];

/** What the options ask for, checked against each other. */
export interface RecordOptions {
  readonly allPages: boolean;
  readonly concurrency: number;
  /** Undefined: nobody said, and the answer is passed on as it is. */
  readonly format: RecordFormat | undefined;
  readonly columns: readonly string[] | undefined;
  /** Absolute. */
  readonly file: string | undefined;
  readonly resume: boolean;
  readonly byteOrderMark: boolean;
  readonly keepFormulas: boolean;
  readonly timeout: number | undefined;
}

export function readRecordOptions(args: Arguments, cwd: string): RecordOptions {
  const columns = args
    .text('columns')
    ?.split(',')
    .map((name) => name.trim());
  if (columns?.includes('') === true) throw new UsageError('--columns is a list like id,name.last_name.');
  const file = args.text('output');
  if (file === '') throw new UsageError('-o needs the name of a file.');
  const options: RecordOptions = {
    allPages: args.flag('all-pages'),
    concurrency: args.count('concurrency', 1, 64) ?? 4,
    format: args.choice('format', ['json', 'ndjson', 'csv']),
    columns,
    file: file === undefined ? undefined : path.resolve(cwd, file),
    resume: args.flag('resume'),
    byteOrderMark: args.flag('bom'),
    keepFormulas: args.flag('keep-formulas'),
    timeout: args.count('timeout', 1),
  };
  if (options.resume && !(options.allPages && file !== undefined)) {
    throw new UsageError('--resume goes with --all-pages and -o FILE: only such an export can be unfinished.');
  }
  if (options.format !== 'csv' && (options.byteOrderMark || options.keepFormulas)) {
    throw new UsageError('--bom and --keep-formulas go with --format csv.');
  }
  return options;
}

/** The form of the records in the file. */
export function encoderOptions(options: RecordOptions): EncoderOptions {
  return {
    format: options.format ?? (options.allPages ? 'ndjson' : 'json'),
    chosen: options.columns,
    byteOrderMark: options.byteOrderMark,
    keepFormulas: options.keepFormulas,
  };
}
