import { removeElement } from '../../schema/structureFixes.ts';
import { startTagOf } from '../manifest/manifestRule.ts';
import type { MappingRule } from './mappingRule.ts';

export const emptyPermission: MappingRule = {
  code: 'PS353',
  check({ permissions, document }, report) {
    for (const { element, implies } of permissions) {
      // a misspelt <implies> is the schema's finding
      if (implies.length === 0 && !element.unclosed && element.elements().length === 0)
        report(startTagOf(element), [], [removeElement(document, element)]);
    }
  },
};
