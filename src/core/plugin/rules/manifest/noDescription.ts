import { placeOf, type ManifestRule } from './manifestRule.ts';

export const noDescription: ManifestRule = {
  code: 'PS174',
  severity: 'info',
  message: 'The plugin has no description.',
  mend: 'Say in one sentence what it does.',
  why: 'Administrators read it in Plugin Management before they enable the plugin.',
  source: '412 public plugins (rule P31)',
  check({ root, description }, report) {
    if (root.damaged && description === undefined) return;
    if (description === undefined || (!description.damaged && description.value.trim() === ''))
      report(placeOf(root, 'description'));
  },
};
