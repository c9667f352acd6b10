import { explain } from '../problem/explainedError.ts';
import { OUTPUT_PROBLEMS } from './outputProblems.ts';

/** The system's code of a failure, such as `ENOSPC`; undefined for anything else. */
export function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** PS978 for a failure of the system; what is explained already stays as it is. */
export function cannotWrite(file: string, error: unknown): Error {
  if (error instanceof Error && 'mend' in error) return error;
  return explain(OUTPUT_PROBLEMS, 'PS978', [file, writeFailure(error)], { cause: error });
}

/** Why a file could not be written, as the end of a sentence. */
export function writeFailure(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full.';
    case 'ENOENT':
      return 'the folder does not exist.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'this user may not write there.';
    default:
      return `${error instanceof Error ? error.message : String(error)}.`;
  }
}
