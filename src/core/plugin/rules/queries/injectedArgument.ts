import type { QueryRule } from './queryRule.ts';

const INJECTED = /^(?:coretabledcid|curstudid|curtchrid|curyearid|curtermid|curschoolid|listaggdelim)$/i;

export const injectedArgument: QueryRule = {
  code: 'PS276',
  check({ queries }, report) {
    for (const { dat, args } of queries) {
      if (!dat) continue;
      for (const { element, name } of args) {
        const attribute = element.attribute('name');
        if (attribute !== undefined && INJECTED.test(name)) report(attribute, [name]);
      }
    }
  },
};
