import type { ManifestRule } from './manifestRule.ts';
import { isPlaceholder } from './placeholderLeft.ts';

export const versionForm: ManifestRule = {
  code: 'PS150',
  check({ version }, report) {
    if (version === undefined || version.damaged || version.value.trim() === '') return;
    if (/[^0-9.]/.test(version.value) && !isPlaceholder(version.value)) report(version, [version.value]);
  },
};
