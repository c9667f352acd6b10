import type { ManifestRule } from './manifestRule.ts';

export const samlNameUnique: ManifestRule = {
  code: 'PS175',
  severity: 'info',
  message: 'The name “{0}” must be unique on the server.',
  mend: 'Choose a name that no other plugin uses.',
  check({ saml }, report) {
    for (const attribute of [saml?.attribute('name'), saml?.attribute('idp-name')]) {
      if (attribute !== undefined && attribute.value !== '') report(attribute, [attribute.value]);
    }
  },
};
