import type { QueryRule } from './queryRule.ts';

export const argumentRepeated: QueryRule = {
  code: 'PS258',
  severity: 'error',
  message: 'There are two arguments with the name {0}.',
  mend: 'Remove one, or give it another name.',
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
