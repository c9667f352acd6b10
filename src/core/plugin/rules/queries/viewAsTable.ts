import { isView } from '../tableNames.ts';
import type { QueryRule } from './queryRule.ts';

export const viewAsTable: QueryRule = {
  code: 'PS273',
  check({ queries }, report) {
    for (const { element, coreTable } of queries) {
      const attribute = element.attribute('coreTable');
      if (attribute !== undefined && isView(coreTable ?? '')) report(attribute, [attribute.value]);
    }
  },
};
