import { nameOf, type QueryRule } from './queryRule.ts';

export const reservedName: QueryRule = {
  code: 'PS246',
  severity: 'warning',
  message: 'Names that start with {0} belong to PowerSchool.',
  mend: 'Start with your own domain, reversed.',
  check({ queries }, report) {
    for (const query of queries) {
      const reserved = /^com\.(?:powerschool|pearson)(?=\.)/i.exec(query.name)?.[0];
      if (reserved !== undefined) report(nameOf(query), [reserved]);
    }
  },
};
