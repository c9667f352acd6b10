import type { ProblemTable } from '../../problem/problemCode.ts';

/** PS540 to PS559: what PowerSchool offers at the address of a request. */
export const interfaceProblems = {
  PS540: {
    severity: 'warning',
    message: 'PowerSchool has no resource "{0}".',
    mend: '{1}',
  },
  PS541: {
    severity: 'warning',
    message: '"{0}" does not answer to {1}.',
    mend: 'Use {2}.',
  },
  PS542: {
    severity: 'error',
    message: 'The path needs a value for {0}.',
    mend: 'Write the value, or a variable such as {{{1}}}.',
  },
  PS543: {
    severity: 'info',
    message: '"{0}" is not a known parameter of this resource.',
    mend: '{1}',
  },
  PS544: {
    severity: 'warning',
    message: '"{0}" is not an expansion of this resource.',
    mend: '{1}',
  },
  PS545: {
    severity: 'warning',
    message: 'The server reports no extension "{0}" for this resource.',
    mend: '{1}',
  },
  PS546: {
    severity: 'warning',
    message: 'The names in "{0}" are separated by "{1}" here, not by "{2}".',
    mend: 'Replace "{2}" by "{1}".',
  },
  PS547: {
    severity: 'warning',
    message: 'The page size {0} is over the limit of {1}.',
    mend: 'Use {1} or less; "# @pages all" reads all pages.',
  },
  PS548: {
    severity: 'warning',
    message: 'The filter cannot be read: {0}.',
    mend: '{1}',
  },
  PS549: {
    severity: 'warning',
    message: 'This resource needs the parameter "{0}".',
    mend: 'Add {0}={1}.',
  },
  PS550: {
    severity: 'warning',
    message: 'The table {1} has no column "{0}".',
    mend: '{2}',
  },
  PS551: {
    severity: 'warning',
    message: 'The plugin has no access to {0}.',
    mend: 'Leave it out, or grant it in the plugin: {1}',
  },
  PS552: {
    severity: 'info',
    message: 'The table "{0}" is not known.',
    mend: '{1}',
  },
  PS553: {
    severity: 'info',
    message: 'The server reports no PowerQuery "{0}".',
    mend: '{1}',
  },
  PS554: {
    severity: 'warning',
    message: '"{0}" must be {1}.',
    mend: 'Correct the value.',
  },
  PS555: {
    severity: 'info',
    message: 'The filter names a field that is not known: {0}.',
    mend: '{1}',
  },
  PS556: {
    severity: 'info',
    message: 'The server refused this to the plugin last time, with status {0}: {1}',
    mend: 'Grant it in the plugin, or ask whoever manages the server for access.',
  },
} as const satisfies ProblemTable;
