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
  PS9960: {
    severity: 'warning',
    message: 'The server counted {0} records at the start and {1} at the end, {2} were fetched.',
    mend: 'Records came or went meanwhile, so some may be missing or doubled: fetch the list again when nobody changes it.',
    why: 'Every page is a question of its own. When a record is added or removed between two pages, all later ones shift: one record then comes twice, or never.',
    source: SOURCE,
  },
  PS9961: {
    severity: 'warning',
    message: 'Records that came with the id of an earlier one: {0}, for example {1}.',
    mend: 'Fetch the list again when nobody changes it; a PowerQuery needs an ORDER BY on a unique column.',
    why: 'When a record is added while pages are fetched, the last record of a page comes again as the first of the next. A list without a fixed order may repeat records anywhere and leave out others.',
    source: SOURCE,
  },
  PS9962: {
    severity: 'warning',
    message: 'The server counts {0} records and its list has {1}.',
    mend: 'Fetch the list again; when it stays so, ask what the count of this address includes.',
    why: 'Records that came and went between two pages leave gaps. Some addresses count more than they list, for example records that the plugin may not see.',
    source: SOURCE,
  },
} as const satisfies Record<string, ProblemCode>;
