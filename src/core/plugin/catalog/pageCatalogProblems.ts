import type { ProblemTable } from '../../problem/problemCode.ts';

/** What can be wrong with a page catalog. */
export const PAGE_CATALOG_PROBLEMS = {
  PS450: {
    severity: 'error',
    message: 'This is not correct JSON: {0}.',
    mend: 'Correct it here.',
  },
  PS451: {
    severity: 'error',
    message: 'The catalog must be an object with the list “pages”.',
    mend: 'Write { "pages": [ … ] }.',
  },
  PS452: {
    severity: 'error',
    message: 'The page has no {0}.',
    mend: 'Add it.',
  },
  PS453: {
    severity: 'warning',
    message: 'The page has no {0}.',
    mend: 'Add it.',
  },
  PS454: {
    severity: 'error',
    message: '{0} is too long: {1} characters, at most {2} are allowed.',
    mend: 'Shorten it.',
  },
  PS455: {
    severity: 'error',
    message: 'The htmlID {0} is used twice.',
    mend: 'Give one of the two another htmlID.',
  },
  PS456: {
    severity: 'warning',
    message: 'The address “{0}” does not begin with /admin.',
    mend: 'Page catalogs hold pages of the admin portal.',
  },
  PS457: {
    severity: 'warning',
    message: '{0} is not known here{1}.',
    mend: 'Correct the name, or remove it.',
  },
  PS458: {
    severity: 'warning',
    message: '{0} cannot be {1}.',
    mend: 'Use {2}.',
  },
} as const satisfies ProblemTable;

export type PageCatalogCode = keyof typeof PAGE_CATALOG_PROBLEMS;
