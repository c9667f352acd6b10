import { removeElement } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';

export const cdnRepeated: ManifestRule = {
  code: 'PS168',
  check({ cdns, document }, report) {
    const seen = new Set<string>();
    for (const cdn of cdns) {
      if (cdn.parent !== cdns[0]?.parent) continue;
      const name = cdn.attribute('name');
      if (name === undefined || name.value === '') continue;
      const key = name.value.toLowerCase();
      if (seen.has(key))
        report(name, [name.value], [{ ...removeElement(document, cdn, 'Remove the second one'), automatic: true }]);
      seen.add(key);
    }
  },
};
