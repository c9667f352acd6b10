import { isView } from '../tableNames.ts';
import type { QueryRule } from './queryRule.ts';

export const viewAsTable: QueryRule = {
  code: 'PS273',
  severity: 'warning',
  message: '{0} is a view; coreTable must be a table.',
  mend: 'Name the table that the rows belong to.',
  check({ queries }, report) {
    for (const { element, coreTable } of queries) {
      const attribute = element.attribute('coreTable');
      if (attribute !== undefined && isView(coreTable ?? '')) report(attribute, [attribute.value]);
    }
  },
};
