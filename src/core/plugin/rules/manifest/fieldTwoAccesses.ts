import { startTagOf, type ManifestRule } from './manifestRule.ts';

export const fieldTwoAccesses: ManifestRule = {
  code: 'PS157',
  severity: 'warning',
  message: '{0} is requested once as {1} and once as {2}.',
  mend: 'Keep the one you need.',
  check(manifest, report) {
    for (const [{ element, key, access }, first] of manifest.repeatedFields()) {
      if (access === first.access || access === '' || first.access === '') continue;
      report(startTagOf(element), [key, first.access, access]);
    }
  },
};
