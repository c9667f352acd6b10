import type { ManifestRule } from './manifestRule.ts';

export const linkScheme: ManifestRule = {
  code: 'PS171',
  check({ links }, report) {
    for (const link of links) {
      const path = link.attribute('path');
      const scheme = /^\s*(http|javascript|vbscript|data):/i.exec(path?.value ?? '')?.[1]?.toLowerCase();
      if (path === undefined || scheme === undefined) continue;
      const start = path.valueStart + path.value.search(/\S/);
      const edits = [{ range: { start, end: start + 'http:'.length }, text: 'https:' }];
      report(path, [path.value], scheme === 'http' ? [{ title: 'Change to https://', automatic: false, edits }] : []);
    }
  },
};
