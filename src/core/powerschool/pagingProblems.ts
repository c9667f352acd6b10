import type { ProblemCode } from '../problem/problemCode.ts';

const SOURCE = 'PowerSchool API behaviour, paging and counting';

/** What stops the fetching of all pages. Part of the 990s of `POWERSCHOOL_PROBLEMS`. */
export const PAGING_PROBLEMS = {
  PS996: {
    severity: 'error',
    message: 'Page {0} of {1} is no list of records.',
    mend: 'Ask for the address without --all-pages to see the answer.',
    why: 'Only lists come in pages. An answer that cannot be explained ends the export, and what arrived before it is kept.',
    source: SOURCE,
  },
  PS997: {
    severity: 'error',
    message: '{1} sent the records of page {0} again as the next page.',
    mend: 'Ask for this address without --all-pages: the server does not divide it into pages.',
    why: 'A server that takes no notice of the page number would send the same records for ever.',
    source: SOURCE,
  },
  PS998: {
    severity: 'error',
    message: 'Page {0} of {1} has {2} records, {3} were asked for.',
    mend: 'Try again; when it stays so, ask for this address without --all-pages.',
    why: 'When a page is larger than asked for, nobody knows which records the next one starts with.',
    source: SOURCE,
  },
} as const satisfies Record<string, ProblemCode>;
