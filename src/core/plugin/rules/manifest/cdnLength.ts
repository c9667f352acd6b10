import type { ManifestRule } from './manifestRule.ts';

export const cdnLength: ManifestRule = {
  code: 'PS166',
  severity: 'warning',
  message: 'The name has {0} characters; servers before 23.1 accept 50.',
  mend: 'Shorten it if the plugin is for older servers too.',
  check({ cdns }, report) {
    for (const cdn of cdns) {
      const name = cdn.attribute('name');
      if (name !== undefined && name.value.length > 50 && name.value.length <= 300) report(name, [name.value.length]);
    }
  },
};
