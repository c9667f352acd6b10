import { setValue } from '../../schema/structureFixes.ts';
import type { QueryRule } from './queryRule.ts';

const JAVA_IDENTIFIER = /^[\p{L}\p{Sc}\p{Pc}\p{Nl}][\p{L}\p{Sc}\p{Pc}\p{Nl}\p{Nd}\p{Mn}\p{Mc}]*$/u;

export const argumentName: QueryRule = {
  code: 'PS259',
  check({ queries }, report) {
    for (const { args } of queries) {
      for (const { element, name } of args) {
        const attribute = element.attribute('name');
        if (attribute === undefined || attribute.damaged || name === '' || JAVA_IDENTIFIER.test(name)) continue;
        const plain = name.replace(/[^\w$]/g, '_').replace(/^\d/, '_$&');
        report(attribute, [name], JAVA_IDENTIFIER.test(plain) ? [setValue(attribute, plain)] : []);
      }
    }
  },
};
