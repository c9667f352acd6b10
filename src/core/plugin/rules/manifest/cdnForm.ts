import type { ManifestRule } from './manifestRule.ts';

export const cdnForm: ManifestRule = {
  code: 'PS165',
  check({ cdns }, report) {
    for (const cdn of cdns) {
      const name = cdn.attribute('name');
      if (name === undefined || name.damaged || name.value === '') continue;
      if (!/^(?:https?:\/\/)?(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?\/?$/i.test(name.value))
        report(name, [name.value]);
    }
  },
};
