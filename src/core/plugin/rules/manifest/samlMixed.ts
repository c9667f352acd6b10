import { startTagOf, type ManifestRule } from './manifestRule.ts';
import { samlRoles } from './samlRoles.ts';

export const samlMixed: ManifestRule = {
  code: 'PS148',
  severity: 'warning',
  message: 'The SAML connection has attributes of both roles: {0}.',
  mend: 'Keep those of one role: entity-id, base-url, metadata-url, or idp-name, idp-entity-id, idp-metadata-url.',
  check({ saml }, report) {
    if (saml === undefined) return;
    const { mixed, provider, service } = samlRoles(saml);
    if (mixed) report(startTagOf(saml), [[...provider, ...service].join(', ')]);
  },
};
