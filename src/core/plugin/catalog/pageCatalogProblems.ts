import type { ProblemTable } from '../../problem/problemCode.ts';

const DICTIONARY = 'PowerSchool data dictionary, tables Navigation and PageCatalog; public catalogs';

/** What can be wrong with a page catalog. */
export const PAGE_CATALOG_PROBLEMS = {
  PS450: {
    severity: 'error',
    message: 'This is not correct JSON: {0}.',
    mend: 'Correct it here.',
    why: 'The server cannot read the file, and none of its pages appears.',
    source: 'RFC 8259; public catalogs (rule G01)',
  },
  PS451: {
    severity: 'error',
    message: 'The catalog must be an object with the list “pages”.',
    mend: 'Write { "pages": [ … ] }.',
    why: 'The server looks for this list and nothing else.',
    source: '35 public catalogs (rule G01)',
  },
  PS452: {
    severity: 'error',
    message: 'The page has no {0}.',
    mend: 'Add it.',
    why: 'htmlID identifies the entry on the server, title is what users read; all 86 public entries have both.',
    source: `${DICTIONARY} (rule G02)`,
  },
  PS453: {
    severity: 'warning',
    message: 'The page has no {0}.',
    mend: 'Add it.',
    why: 'Without a version the server cannot see that the entry changed; without an address the entry leads nowhere.',
    source: `${DICTIONARY} (rule G03)`,
  },
  PS454: {
    severity: 'error',
    message: '{0} is too long: {1} characters, at most {2} are allowed.',
    mend: 'Shorten it.',
    why: 'The value does not fit into its database column.',
    source: `${DICTIONARY} (rule G04)`,
  },
  PS455: {
    severity: 'error',
    message: 'The htmlID {0} is used twice.',
    mend: 'Give one of the two another htmlID.',
    why: 'It identifies the entry on the server, so the second one replaces the first.',
    source: `${DICTIONARY} (rule G04)`,
  },
  PS456: {
    severity: 'warning',
    message: 'The address “{0}” does not begin with /admin.',
    mend: 'Page catalogs hold pages of the admin portal.',
    why: 'All 86 public entries point to the admin portal.',
    source: `${DICTIONARY} (rule G05)`,
  },
  PS457: {
    severity: 'warning',
    message: '{0} is not known here{1}.',
    mend: 'Correct the name, or remove it.',
    why: 'The server passes over names that it does not know; upper and lower case matter.',
    source: `${DICTIONARY} (rule G06)`,
  },
  PS458: {
    severity: 'warning',
    message: '{0} cannot be {1}.',
    mend: 'Use {2}.',
    why: 'The server knows these values only.',
    source: `${DICTIONARY} (rule G07)`,
  },
} as const satisfies ProblemTable;

export type PageCatalogCode = keyof typeof PAGE_CATALOG_PROBLEMS;
