import { placeOf, type ManifestRule } from './manifestRule.ts';

export const noDescription: ManifestRule = {
  code: 'PS174',
  check({ root, description }, report) {
    if (root.damaged && description === undefined) return;
    if (description === undefined || (!description.damaged && description.value.trim() === ''))
      report(placeOf(root, 'description'));
  },
};
