import { setValue } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';

/** A host, and what does not belong to it. */
const HOST = /^((?:https?:\/\/)?(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?)\/?((?:[/?#]?\S+)?)$/i;

export const cdnForm: ManifestRule = {
  code: 'PS165',
  check({ cdns }, report) {
    for (const cdn of cdns) {
      const name = cdn.attribute('name');
      if (name === undefined || name.damaged || name.value === '') continue;
      const host = HOST.exec(name.value.trim());
      if (host !== null && host[2] === '' && name.value.length === host[0].length) continue;
      report(name, [name.value], host?.[1] === undefined ? [] : [setValue(name, host[1])]);
    }
  },
};
