import type { ManifestRule } from './manifestRule.ts';

/** Reported by the schema (`problems` of openid/@host). */
export const openidHost: ManifestRule = {
  code: 'PS146',
  severity: 'error',
  message: 'The host “{1}” must be a host name only.',
  mend: 'Leave out https://, the port and the path; the port has an attribute of its own.',
  check() {
    // the schema's pattern finds it
  },
};
