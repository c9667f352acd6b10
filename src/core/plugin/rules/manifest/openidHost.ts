import type { ManifestRule } from './manifestRule.ts';

/** Reported by the schema (`problems` of openid/@host). */
export const openidHost: ManifestRule = {
  code: 'PS146',
  check() {
    // the schema's pattern finds it
  },
};
