import type { ManifestRule } from './manifestRule.ts';
import { isPlaceholder } from './placeholderLeft.ts';

export const versionForm: ManifestRule = {
  code: 'PS150',
  severity: 'warning',
  message: 'The version “{0}” has characters other than digits and dots.',
  mend: 'Write it like 1.2.0.',
  check({ version }, report) {
    if (version === undefined || version.damaged || version.value.trim() === '') return;
    if (/[^0-9.]/.test(version.value) && !isPlaceholder(version.value)) report(version, [version.value]);
  },
};
