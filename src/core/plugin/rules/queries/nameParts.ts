import { hasName, nameOf, type QueryRule } from './queryRule.ts';

export const nameParts: QueryRule = {
  code: 'PS245',
  check({ queries }, report) {
    for (const query of queries) {
      const count = query.name.split('.').length;
      if (hasName(query) && count !== 5) report(nameOf(query), [count]);
    }
  },
};
