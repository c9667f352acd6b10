import { compareVersions } from '../../manifest/version.ts';
import { nextVersions } from '../../making/versionBump.ts';
import { setValue } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';

export const versionNotRaised: ManifestRule = {
  code: 'PS152',
  check({ version, committed }, report) {
    if (committed === undefined || version === undefined || committed.version === '' || version.value === '') return;
    if (compareVersions(version.value, committed.version) > 0) return;
    const fixes = nextVersions(committed.version).map((next) => setValue(version, next));
    report(version, [version.value, committed.version], fixes);
  },
};
