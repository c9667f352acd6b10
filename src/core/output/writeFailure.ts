/** The system's code of a failure, such as `ENOSPC`; undefined for anything else. */
export function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
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
