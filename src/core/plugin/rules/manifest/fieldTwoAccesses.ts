import { startTagOf, type ManifestRule } from './manifestRule.ts';

export const fieldTwoAccesses: ManifestRule = {
  code: 'PS157',
  check(manifest, report) {
    for (const [{ element, key, access }, first] of manifest.repeatedFields()) {
      if (access === first.access || access === '' || first.access === '') continue;
      report(startTagOf(element), [key, first.access, access]);
    }
  },
};
