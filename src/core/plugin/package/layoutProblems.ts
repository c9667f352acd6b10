import type { ProblemTable } from '../../problem/problemCode.ts';

const ZIP = 'PowerSchool developer documentation, Plugin ZIP; 316 public packages';

/** What can be wrong with a package as a set of files. */
export const LAYOUT_PROBLEMS = {
  PS460: {
    severity: 'error',
    message: 'There is no plugin.xml at the top of the package.',
    mend: 'Put it there, beside queries_root and the other folders.',
    why: 'The server looks for the manifest at the top and installs nothing without it.',
    source: `${ZIP} (rule Z01)`,
  },
  PS461: {
    severity: 'error',
    message: 'The package is inside the folder {0}.',
    mend: 'Zip the content of the folder, not the folder itself.',
    why: 'The server looks for plugin.xml at the top of the zip. This is the most frequent fault in packaging.',
    source: `${ZIP} (rule Z01)`,
  },
  PS462: {
    severity: 'error',
    message: 'The manifest is called {0}; it must be plugin.xml.',
    mend: 'Rename it, in small letters.',
    why: 'The server looks for exactly this name.',
    source: `${ZIP} (rule Z01)`,
  },
  PS463: {
    severity: 'error',
    message: '{0} must not have folders of its own.',
    mend: 'Put the file directly into {0}.',
    why: 'The server reads the files of this folder, not those of folders below it. None of 316 public packages has one.',
    source: `${ZIP} (rule Z02)`,
  },
  PS464: {
    severity: 'error',
    message: 'A file in {0} must end in {1}.',
    mend: 'Rename it to NAME{1}.',
    why: 'The server recognises the file by the end of its name and passes over this one, or refuses the package.',
    source: `${ZIP} (rule Z03)`,
  },
  PS465: {
    severity: 'warning',
    message: 'The name {0} has no first part.',
    mend: 'Call it NAME.{0}.',
    why: 'The documentation shows a name before the dot; whether the server accepts it without is not known for certain.',
    source: `${ZIP} (rule Z03)`,
  },
  PS466: {
    severity: 'warning',
    message: '{0} does not belong in a package.',
    mend: 'Leave it out.',
    why: 'One source says that the server passes over such files, two say that it refuses the package (“unrecognized file”).',
    source: `${ZIP} (rule Z04, conflict C21)`,
  },
  PS467: {
    severity: 'warning',
    message: 'pagecataloging is inside WEB_ROOT.',
    mend: 'Move the folder to the top of the package.',
    why: 'The documentation puts it at the top; three public plugins have it in WEB_ROOT.',
    source: `${ZIP} (rule Z05, conflict C22)`,
  },
  PS468: {
    severity: 'error',
    message: 'A file in pagecataloging must end in .json.',
    mend: 'Rename it, or leave it out.',
    why: 'Page catalogs are JSON; 35 of 35 public ones end in .json.',
    source: ZIP,
  },
  PS469: {
    severity: 'error',
    message: 'The entry {0} cannot be unpacked safely: {1}.',
    mend: 'Make the zip again with paths inside the package.',
    why: 'Such a path could overwrite files outside of the package. It was not unpacked.',
    source: 'Security policy of this project',
  },
  PS470: {
    severity: 'error',
    message: 'The package is too large to be read: {0}.',
    mend: 'Leave out what does not belong in a plugin.',
    why: 'A small zip can unpack to more than a disk holds; beyond the limits nothing is unpacked.',
    source: 'Security policy of this project',
  },
  PS471: {
    severity: 'error',
    message: 'This cannot be read: {0}.',
    mend: 'Make the zip again.',
    why: 'The file is damaged, encrypted or no zip.',
    source: 'ZIP file format',
  },
  PS472: {
    severity: 'warning',
    message: '{0} and {1} differ in upper and lower case only.',
    mend: 'Rename or remove one of them.',
    why: 'On a Windows server the one replaces the other.',
    source: 'Own rule',
  },
} as const satisfies ProblemTable;

export type LayoutCode = keyof typeof LAYOUT_PROBLEMS;
