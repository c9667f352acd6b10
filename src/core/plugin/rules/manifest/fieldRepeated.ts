import { startTagOf, type ManifestRule } from './manifestRule.ts';
import { removeElement } from '../../schema/structureFixes.ts';

export const fieldRepeated: ManifestRule = {
  code: 'PS156',
  severity: 'warning',
  message: '{0} is requested twice.',
  mend: 'Remove one of the two.',
  why: 'Upper and lower case make no difference, so both ask for the same field. None of 412 public plugins does it.',
  source: '412 public plugins (rule P15)',
  check({ accessRequests, fields, document }, report) {
    // a second <access_request> is the schema's finding
    if (accessRequests.length > 1) return;
    const seen = new Map<string, string>();
    for (const { element, key, access } of fields) {
      const before = seen.get(key);
      if (before === undefined) seen.set(key, access);
      else if (before === access && key !== '.') {
        const fix = removeElement(document, element, 'Remove the second one');
        report(startTagOf(element), [key], [{ ...fix, automatic: true }]);
      }
    }
  },
};
