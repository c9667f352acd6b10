import { startTagOf, type ManifestRule } from './manifestRule.ts';

export const cdnForWholeServer: ManifestRule = {
  code: 'PS167',
  check({ cdns }, report) {
    const request = cdns[0]?.parent;
    if (request !== undefined) report(startTagOf(request));
  },
};
