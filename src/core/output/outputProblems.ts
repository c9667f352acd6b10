import type { ProblemTable } from '../problem/problemCode.ts';

export type OutputProblem =
  'PS970' | 'PS971' | 'PS972' | 'PS973' | 'PS974' | 'PS975' | 'PS976' | 'PS977' | 'PS978' | 'PS979' | 'PS9970';

/** What can go wrong while records are written to a file. */
export const OUTPUT_PROBLEMS: ProblemTable<OutputProblem> = {
  PS970: {
    severity: 'error',
    message: 'The unfinished file {0} belongs to another request ({1}).',
    mend: 'Resume with the same server, path, filter and options, or start again from the beginning.',
  },
  PS971: {
    severity: 'error',
    message: 'The unfinished file {0} was written with {1} records a page, this run would ask for {2}.',
    mend: 'Put pagesize={1} into the path, or start again from the beginning.',
  },
  PS972: {
    severity: 'error',
    message: 'The server had {1} records when {0} was started and has {2} now.',
    mend: 'Start again from the beginning, so that no record is missing or doubled.',
  },
  PS973: {
    severity: 'error',
    message: 'The unfinished file {0} was written as {1}, this run would write {2}.',
    mend: 'Resume with the same format and columns, or start again from the beginning.',
  },
  PS974: {
    severity: 'error',
    message: 'The notes about the unfinished file, {0}, cannot be used: {1}.',
    mend: 'Start again from the beginning.',
  },
  PS975: {
    severity: 'error',
    message: 'The unfinished file {0} is shorter than its notes say ({1} bytes instead of {2}).',
    mend: 'Start again from the beginning.',
  },
  PS976: {
    severity: 'error',
    message: 'The column name "{0}" fits several columns: {1}.',
    mend: 'Write the whole name.',
  },
  PS977: {
    severity: 'error',
    message: 'A record in the answer is broken JSON: {0}',
    mend: 'Try again; if it stays so, ask the administrator of the server what stands between you and it.',
  },
  PS978: {
    severity: 'error',
    message: 'Cannot write {0}: {1}',
    mend: 'Make room or choose another place, then resume the export.',
  },
  PS979: {
    severity: 'warning',
    message: 'The record list got new columns on the way: {0}.',
    mend: 'The file was written again with the wider header; nothing is missing.',
  },
  PS9970: {
    severity: 'error',
    message: 'The answer could not be kept on disk: {0}',
    mend: 'Make room for temporary files, or export the records straight to another disk.',
  },
};
