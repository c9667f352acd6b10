import { placeOf, type ManifestRule } from './manifestRule.ts';

export const noDescription: ManifestRule = {
  code: 'PS174',
  severity: 'info',
  message: 'The plugin has no description.',
  mend: 'Say in one sentence what it does.',
  check({ root, description }, report) {
    if (root.damaged && description === undefined) return;
    if (description === undefined || (!description.damaged && description.value.trim() === ''))
      report(placeOf(root, 'description'));
  },
};
