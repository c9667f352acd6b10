import type { ManifestRule } from './manifestRule.ts';

export const samlNameUnique: ManifestRule = {
  code: 'PS175',
  check({ saml }, report) {
    for (const attribute of [saml?.attribute('name'), saml?.attribute('idp-name')]) {
      if (attribute !== undefined && attribute.value !== '') report(attribute, [attribute.value]);
    }
  },
};
