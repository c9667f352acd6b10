import { startTagOf, type ManifestRule } from './manifestRule.ts';
import { samlRoles } from './samlRoles.ts';

export const samlMixed: ManifestRule = {
  code: 'PS148',
  check({ saml }, report) {
    if (saml === undefined) return;
    const { mixed, provider, service } = samlRoles(saml);
    if (mixed) report(startTagOf(saml), [[...provider, ...service].join(', ')]);
  },
};
