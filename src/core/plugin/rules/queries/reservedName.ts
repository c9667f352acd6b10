import { nameOf, type QueryRule } from './queryRule.ts';

export const reservedName: QueryRule = {
  code: 'PS246',
  check({ queries }, report) {
    for (const query of queries) {
      const reserved = /^com\.(?:powerschool|pearson)(?=\.)/i.exec(query.name)?.[0];
      if (reserved !== undefined) report(nameOf(query), [reserved]);
    }
  },
};
