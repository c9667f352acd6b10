import { startTagOf, type ManifestRule } from './manifestRule.ts';

export const cdnForWholeServer: ManifestRule = {
  code: 'PS167',
  severity: 'info',
  message: 'Hosts in cdn_request are allowed for the whole server.',
  mend: 'Keep the list short.',
  why: 'The content security policy belongs to the server, so every page may then load from these hosts, not only those of this plugin.',
  source: 'PowerSchool developer documentation, Plugin XML (rule P24)',
  check({ cdns }, report) {
    const request = cdns[0]?.parent;
    if (request !== undefined) report(startTagOf(request));
  },
};
