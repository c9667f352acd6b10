import type { QueryRule } from './queryRule.ts';

export const argumentRepeated: QueryRule = {
  code: 'PS258',
  check({ queries }, report) {
    for (const { args } of queries) {
      const seen = new Set<string>();
      for (const { element, name } of args) {
        const attribute = element.attribute('name');
        if (attribute === undefined || attribute.damaged || name === '') continue;
        if (seen.has(name)) report(attribute, [name]);
        seen.add(name);
      }
    }
  },
};
