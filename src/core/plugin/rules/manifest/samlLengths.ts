import type { ManifestRule } from './manifestRule.ts';

const LIMITS: Readonly<Record<string, number>> = {
  'entity-id': 256,
  'base-url': 256,
  'metadata-url': 256,
  'idp-name': 40,
  'idp-entity-id': 256,
};

export const samlLengths: ManifestRule = {
  code: 'PS149',
  check({ saml }, report) {
    for (const [name, limit] of Object.entries(LIMITS)) {
      const attribute = saml?.attribute(name);
      if (attribute !== undefined && attribute.value.length > limit)
        report(attribute, [name, attribute.value.length, limit]);
    }
  },
};
