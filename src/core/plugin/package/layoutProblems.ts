import type { ProblemTable } from '../../problem/problemCode.ts';

/** What can be wrong with a package as a set of files. */
export const LAYOUT_PROBLEMS = {
  PS460: {
    severity: 'error',
    message: 'There is no plugin.xml at the top of the package.',
    mend: 'Put it there, beside queries_root and the other folders.',
  },
  PS461: {
    severity: 'error',
    message: 'The package is inside the folder {0}.',
    mend: 'Zip the content of the folder, not the folder itself.',
  },
  PS462: {
    severity: 'error',
    message: 'The manifest is called {0}; it must be plugin.xml.',
    mend: 'Rename it, in small letters.',
  },
  PS463: {
    severity: 'error',
    message: '{0} must not have folders of its own.',
    mend: 'Put the file directly into {0}.',
  },
  PS464: {
    severity: 'error',
    message: 'A file in {0} must end in {1}.',
    mend: 'Rename it to NAME{1}.',
  },
  PS465: {
    severity: 'warning',
    message: 'The name {0} has no first part.',
    mend: 'Call it NAME.{0}.',
  },
  PS466: {
    severity: 'warning',
    message: '{0} does not belong in a package.',
    mend: 'Leave it out.',
  },
  PS467: {
    severity: 'warning',
    message: 'pagecataloging is inside WEB_ROOT.',
    mend: 'Move the folder to the top of the package.',
  },
  PS468: {
    severity: 'error',
    message: 'A file in pagecataloging must end in .json.',
    mend: 'Rename it, or leave it out.',
  },
  PS469: {
    severity: 'error',
    message: 'The entry {0} cannot be unpacked safely: {1}.',
    mend: 'Make the zip again with paths inside the package.',
  },
  PS470: {
    severity: 'error',
    message: 'The package is too large to be read: {0}.',
    mend: 'Leave out what does not belong in a plugin.',
  },
  PS471: {
    severity: 'error',
    message: 'This cannot be read: {0}.',
    mend: 'Make the zip again.',
  },
  PS472: {
    severity: 'warning',
    message: '{0} and {1} differ in upper and lower case only.',
    mend: 'Rename or remove one of them.',
  },
  PS473: {
    severity: 'error',
    message: 'The zip holds {0} twice.',
    mend: 'Make the zip again, with each file once.',
  },
  PS474: {
    severity: 'warning',
    message: 'The folder {0} is called {1} in every public package.',
    mend: 'Rename it to {1}.',
  },
} as const satisfies ProblemTable;

export type LayoutCode = keyof typeof LAYOUT_PROBLEMS;
