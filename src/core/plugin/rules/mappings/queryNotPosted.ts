import { setValue } from '../../schema/structureFixes.ts';
import type { MappingRule } from './mappingRule.ts';

export const queryNotPosted: MappingRule = {
  code: 'PS349',
  check({ permissions }, report) {
    for (const { implies } of permissions) {
      for (const { element, query, allow } of implies) {
        const attribute = element.attribute('allow');
        if (query === undefined || attribute === undefined || attribute.damaged || allow === 'post') continue;
        if (!['get', 'put', 'delete'].includes(allow)) continue;
        report(attribute, [allow], [setValue(attribute, 'post')]);
      }
    }
  },
};
