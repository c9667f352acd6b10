import { startTagOf, type ManifestRule } from './manifestRule.ts';

export const fieldTwoAccesses: ManifestRule = {
  code: 'PS157',
  severity: 'warning',
  message: '{0} is requested once as {1} and once as {2}.',
  mend: 'Keep the one you need.',
  why: 'Which of the two the server takes is not known.',
  source: 'Field reports (rule P16)',
  check({ accessRequests, fields }, report) {
    // a second <access_request> is the schema's finding
    if (accessRequests.length > 1) return;
    const seen = new Map<string, string>();
    for (const { element, key, access } of fields) {
      const before = seen.get(key);
      if (before === undefined) seen.set(key, access);
      else if (before !== access && before !== '' && access !== '') report(startTagOf(element), [key, before, access]);
    }
  },
};
