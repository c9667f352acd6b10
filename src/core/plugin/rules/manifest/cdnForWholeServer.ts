import { startTagOf, type ManifestRule } from './manifestRule.ts';

export const cdnForWholeServer: ManifestRule = {
  code: 'PS167',
  severity: 'info',
  message: 'Hosts in cdn_request are allowed for the whole server.',
  mend: 'Keep the list short.',
  check({ cdns }, report) {
    const request = cdns[0]?.parent;
    if (request !== undefined) report(startTagOf(request));
  },
};
