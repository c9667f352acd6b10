import { removeElement } from '../../schema/structureFixes.ts';
import type { QueryRule } from './queryRule.ts';

export const argumentRepeated: QueryRule = {
  code: 'PS258',
  check({ queries, document }, report) {
    for (const { args } of queries) {
      const seen = new Set<string>();
      for (const { element, name } of args) {
        const attribute = element.attribute('name');
        if (attribute === undefined || attribute.damaged || name === '') continue;
        if (seen.has(name)) report(attribute, [name], [removeElement(document, element, 'Remove the second one')]);
        seen.add(name);
      }
    }
  },
};
