import type { ManifestRule } from './manifestRule.ts';

/** Reported by the schema (`problems` of registration/@url). */
export const registrationUrl: ManifestRule = {
  code: 'PS145',
  severity: 'error',
  message: 'The registration address “{1}” does not start with https://.',
  mend: 'Give the full https:// address of your application.',
  check() {
    // the schema's pattern finds it
  },
};
