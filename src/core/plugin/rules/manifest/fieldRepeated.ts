import { startTagOf, type ManifestRule } from './manifestRule.ts';
import { removeElement } from '../../schema/structureFixes.ts';

export const fieldRepeated: ManifestRule = {
  code: 'PS156',
  check(manifest, report) {
    for (const [{ element, key, access }, first] of manifest.repeatedFields()) {
      if (access !== first.access) continue;
      const fix = removeElement(manifest.document, element, 'Remove the second one');
      report(startTagOf(element), [key], [{ ...fix, automatic: true }]);
    }
  },
};
