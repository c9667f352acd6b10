import { setValue } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';
import { isPlaceholder } from './placeholderLeft.ts';

export const versionForm: ManifestRule = {
  code: 'PS150',
  check({ version }, report) {
    if (version === undefined || version.damaged || version.value.trim() === '') return;
    if (!/[^0-9.]/.test(version.value) || isPlaceholder(version.value)) return;
    const numbers = /\d+(?:\.\d+)*/.exec(version.value)?.[0];
    report(version, [version.value], numbers === undefined ? [] : [setValue(version, numbers)]);
  },
};
