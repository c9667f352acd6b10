import type { ManifestRule } from './manifestRule.ts';

/** Reported by the schema (`problems` of registration/@url). */
export const registrationUrl: ManifestRule = {
  code: 'PS145',
  severity: 'error',
  message: 'The registration address “{1}” does not start with https://.',
  mend: 'Give the full https:// address of your application.',
  why: 'The server sends the Client ID and Secret to this address, and only over an encrypted connection.',
  source: 'PowerSchool developer documentation, Plugin XML (rule P06)',
  check() {
    // the schema's pattern finds it
  },
};
