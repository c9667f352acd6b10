import type { ProblemTable } from '../problem/problemCode.ts';

export type OutputProblem =
  'PS970' | 'PS971' | 'PS972' | 'PS973' | 'PS974' | 'PS975' | 'PS976' | 'PS977' | 'PS978' | 'PS979';

/** What can go wrong while records are written to a file. */
export const OUTPUT_PROBLEMS: ProblemTable<OutputProblem> = {
  PS970: {
    severity: 'error',
    message: 'The unfinished file {0} belongs to another request ({1}).',
    mend: 'Resume with the same server, path, filter and options, or leave out --resume to start again.',
    why: 'An export goes on where it stopped only when the rest comes from the same request. Otherwise one file would hold records of two questions.',
    source: "The command line's contract for --resume",
  },
  PS971: {
    severity: 'error',
    message: 'The unfinished file {0} was written with {1} records a page, this run would ask for {2}.',
    mend: 'Put pagesize={1} into the path, or leave out --resume to start again.',
    why: 'Pages of another size start at other records: some would be written twice and some never.',
    source: "The command line's contract for --resume",
  },
  PS972: {
    severity: 'error',
    message: 'The server had {1} records when {0} was started and has {2} now.',
    mend: 'Leave out --resume to start again, so that no record is missing or doubled.',
    why: 'When records come or go, every later page shifts. Going on would lose or double records without a trace.',
    source: "The command line's contract for --resume",
  },
  PS973: {
    severity: 'error',
    message: 'The unfinished file {0} was written as {1}, this run would write {2}.',
    mend: 'Resume with the same format and columns, or leave out --resume to start again.',
    why: 'A file holds one format.',
    source: "The command line's contract for --resume",
  },
  PS974: {
    severity: 'error',
    message: 'The notes about the unfinished file, {0}, cannot be used: {1}.',
    mend: 'Leave out --resume to start again.',
    why: 'The notes say how far the export came. Without them nobody knows which records are in the file.',
    source: "The command line's contract for --resume",
  },
  PS975: {
    severity: 'error',
    message: 'The unfinished file {0} is shorter than its notes say ({1} bytes instead of {2}).',
    mend: 'Leave out --resume to start again.',
    why: 'Something else changed the file, or the disk lost its end.',
    source: "The command line's contract for --resume",
  },
  PS976: {
    severity: 'error',
    message: 'The column name "{0}" fits several columns: {1}.',
    mend: 'Write the whole name.',
    why: 'A short name stands for a column only when no other column ends with it.',
    source: "The command line's contract for --columns",
  },
  PS977: {
    severity: 'error',
    message: 'A record in the answer is broken JSON: {0}',
    mend: 'Try again; if it stays so, ask the administrator of the server what stands between you and it.',
    why: 'Half a record or a record with foreign characters would spoil the file that it is written to.',
    source: 'RFC 8259, The JavaScript Object Notation Data Interchange Format',
  },
  PS978: {
    severity: 'error',
    message: 'Cannot write {0}: {1}',
    mend: 'Make room or choose another place, then run again with --resume.',
    why: 'What was written before stays in the unfinished file.',
    source: "The operating system's answer",
  },
  PS979: {
    severity: 'warning',
    message: 'The record list got new columns on the way: {0}.',
    mend: 'The file was written again with the wider header; nothing is missing.',
    why: 'PowerSchool leaves out what is empty, so a column may show up only in a late record.',
    source: "The command line's contract for CSV",
  },
};
