import { phrase } from '../../../problem/phrase.ts';
import { removeElement } from '../../schema/structureFixes.ts';
import { startTagOf, type ManifestRule } from './manifestRule.ts';

export const fieldTwoAccesses: ManifestRule = {
  code: 'PS157',
  check(manifest, report) {
    for (const [{ element, key, access }, first] of manifest.repeatedFields()) {
      if (access === first.access || access === '' || first.access === '') continue;
      const fixes = [first.element, element].map((each) =>
        removeElement(manifest.document, each, phrase('Remove the one with {0}', each.attributeValue('access'))),
      );
      report(startTagOf(element), [key, first.access, access], fixes);
    }
  },
};
