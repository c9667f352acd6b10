import type { ProblemCode } from '../problem/problemCode.ts';

/** What stops the fetching of all pages. Part of the 990s of `POWERSCHOOL_PROBLEMS`. */
export const PAGING_PROBLEMS = {
  PS996: {
    severity: 'error',
    message: 'Page {0} of {1} is no list of records.',
    mend: 'Ask for this address without all its pages to see the answer.',
  },
  PS997: {
    severity: 'error',
    message: '{1} sent the records of page {0} again as the next page.',
    mend: 'Ask for this address without all its pages: the server does not divide it.',
  },
  PS998: {
    severity: 'error',
    message: 'Page {0} of {1} has {2} records, {3} were asked for.',
    mend: 'Try again; when it stays so, ask for this address without all its pages.',
  },
  PS9960: {
    severity: 'warning',
    message: 'The server counted {0} records at the start and {1} at the end, {2} were fetched.',
    mend: 'Records came or went meanwhile, so some may be missing or doubled: fetch the list again when nobody changes it.',
  },
  PS9961: {
    severity: 'warning',
    message: 'Records that came with the id of an earlier one: {0}, for example {1}.',
    mend: 'Fetch the list again when nobody changes it; a PowerQuery needs an ORDER BY on a unique column.',
  },
  PS9962: {
    severity: 'warning',
    message: 'The server counts {0} records and its list has {1}.',
    mend: 'Fetch the list again; when it stays so, ask what the count of this address includes.',
  },
  PS9963: {
    severity: 'error',
    message: 'The request is another one now than when its first pages were fetched.',
    mend: 'Fetch all pages again from the first, or undo what was changed in the request, its variables or the active server.',
  },
  PS9964: {
    severity: 'error',
    message: 'The server had {0} records when the fetching began and has {1} now.',
    mend: 'Fetch all pages again from the first, so that no record is missing or doubled.',
  },
} as const satisfies Record<string, ProblemCode>;
