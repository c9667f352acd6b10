import type { ProblemCode } from '../problem/problemCode.ts';

/** What stops the fetching of all pages. Part of the 990s of `POWERSCHOOL_PROBLEMS`. */
export const PAGING_PROBLEMS = {
  PS996: {
    severity: 'error',
    message: 'Page {0} of {1} is no list of records.',
    mend: 'Ask for the address without --all-pages to see the answer.',
  },
  PS997: {
    severity: 'error',
    message: '{1} sent the records of page {0} again as the next page.',
    mend: 'Ask for this address without --all-pages: the server does not divide it into pages.',
  },
  PS998: {
    severity: 'error',
    message: 'Page {0} of {1} has {2} records, {3} were asked for.',
    mend: 'Try again; when it stays so, ask for this address without --all-pages.',
  },
} as const satisfies Record<string, ProblemCode>;
