import type { ManifestRule } from './manifestRule.ts';

export const cdnLength: ManifestRule = {
  code: 'PS166',
  check({ cdns }, report) {
    for (const cdn of cdns) {
      const name = cdn.attribute('name');
      if (name !== undefined && name.value.length > 50 && name.value.length <= 300) report(name, [name.value.length]);
    }
  },
};
