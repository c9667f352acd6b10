import { compareVersions } from '../../manifest/version.ts';
import type { ManifestRule } from './manifestRule.ts';

export const versionNotRaised: ManifestRule = {
  code: 'PS152',
  check({ version, committed }, report) {
    if (committed === undefined || version === undefined || committed.version === '' || version.value === '') return;
    if (compareVersions(version.value, committed.version) <= 0) report(version, [version.value, committed.version]);
  },
};
