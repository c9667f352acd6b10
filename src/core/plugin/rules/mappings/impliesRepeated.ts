import { removeElement } from '../../schema/structureFixes.ts';
import type { MappingRule } from './mappingRule.ts';

export const impliesRepeated: MappingRule = {
  code: 'PS354',
  check({ permissions, document }, report) {
    const seen = new Set<string>();
    for (const { page, implies } of permissions) {
      for (const { element, path, allow } of implies) {
        const key = `${page} ${allow} ${path}`;
        if (path !== '' && seen.has(key)) {
          report(
            { start: element.start, end: element.end },
            [path],
            [{ ...removeElement(document, element, 'Remove the second one'), automatic: true }],
          );
        }
        seen.add(key);
      }
    }
  },
};
