import { addAttribute } from '../../schema/structureFixes.ts';
import type { MappingRule } from './mappingRule.ts';

export const allowMissing: MappingRule = {
  code: 'PS350',
  check({ permissions }, report) {
    for (const { implies } of permissions) {
      for (const { element, query, table } of implies) {
        if (element.attribute('allow') !== undefined || element.damaged) continue;
        // a misspelt `allow` is the schema's finding
        if (element.attributes.some(({ name }) => name.prefix === '')) continue;
        const method = query === undefined && table !== undefined ? 'get' : 'post';
        report(
          { start: element.start, end: element.startTagEnd },
          [method],
          [{ ...addAttribute(element, 'allow', method), automatic: query !== undefined }],
        );
      }
    }
  },
};
