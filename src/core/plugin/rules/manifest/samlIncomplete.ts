import { startTagOf, type ManifestRule } from './manifestRule.ts';
import { samlRoles } from './samlRoles.ts';

export const samlIncomplete: ManifestRule = {
  code: 'PS147',
  severity: 'warning',
  message: 'The SAML connection lacks {0}.',
  mend: 'As identity provider PowerSchool needs entity-id and base-url; as service provider idp-name, idp-entity-id and idp-metadata-url.',
  check({ saml }, report) {
    if (saml === undefined) return;
    const { missing, mixed } = samlRoles(saml);
    if (!mixed && missing.length > 0) report(startTagOf(saml), [missing.join(', ')]);
  },
};
