import { startTagOf, type ManifestRule } from './manifestRule.ts';
import { samlRoles } from './samlRoles.ts';

export const samlIncomplete: ManifestRule = {
  code: 'PS147',
  check({ saml }, report) {
    if (saml === undefined) return;
    const { missing, mixed } = samlRoles(saml);
    if (!mixed && missing.length > 0) report(startTagOf(saml), [missing.join(', ')]);
  },
};
