import type { ManifestRule } from './manifestRule.ts';

/** Reported by the schema (`problems` of registration/@url). */
export const registrationUrl: ManifestRule = {
  code: 'PS145',
  check() {
    // the schema's pattern finds it
  },
};
