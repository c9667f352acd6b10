import { removeElement } from '../../schema/structureFixes.ts';
import { isExtensionTable } from '../tableNames.ts';
import type { MappingRule } from './mappingRule.ts';

export const coreTableMapped: MappingRule = {
  code: 'PS346',
  check({ permissions, document }, report) {
    for (const { implies } of permissions) {
      for (const { element, table } of implies) {
        if (table !== undefined && !isExtensionTable(table))
          report({ start: element.start, end: element.end }, [table], [removeElement(document, element)]);
      }
    }
  },
};
