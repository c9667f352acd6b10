import type { QueryRule } from './queryRule.ts';

const JAVA_IDENTIFIER = /^[\p{L}\p{Sc}\p{Pc}\p{Nl}][\p{L}\p{Sc}\p{Pc}\p{Nl}\p{Nd}\p{Mn}\p{Mc}]*$/u;

export const argumentName: QueryRule = {
  code: 'PS259',
  check({ queries }, report) {
    for (const { args } of queries) {
      for (const { element, name } of args) {
        const attribute = element.attribute('name');
        if (attribute === undefined || attribute.damaged || name === '' || JAVA_IDENTIFIER.test(name)) continue;
        report(attribute, [name]);
      }
    }
  },
};
