import { isExtensionTable } from '../tableNames.ts';
import type { MappingRule } from './mappingRule.ts';

export const coreTableMapped: MappingRule = {
  code: 'PS346',
  severity: 'warning',
  message: '{0} is a core table.',
  mend: 'Use a PowerQuery to read it.',
  why: 'Public plugins map extension tables only, and the installer speaks of named queries only.',
  source: 'Message of the installer; 72 public mappings (rule M02, conflict C27)',
  check({ permissions }, report) {
    for (const { implies } of permissions) {
      for (const { element, table } of implies) {
        if (table !== undefined && !isExtensionTable(table))
          report({ start: element.start, end: element.end }, [table]);
      }
    }
  },
};
