import { isExtensionTable } from '../tableNames.ts';
import type { MappingRule } from './mappingRule.ts';

export const coreTableMapped: MappingRule = {
  code: 'PS346',
  severity: 'warning',
  message: '{0} is a core table.',
  mend: 'Use a PowerQuery to read it.',
  check({ permissions }, report) {
    for (const { implies } of permissions) {
      for (const { element, table } of implies) {
        if (table !== undefined && !isExtensionTable(table))
          report({ start: element.start, end: element.end }, [table]);
      }
    }
  },
};
