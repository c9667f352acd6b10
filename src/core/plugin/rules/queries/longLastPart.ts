import { hasName, nameOf, type QueryRule } from './queryRule.ts';

export const longLastPart: QueryRule = {
  code: 'PS249',
  check({ queries }, report) {
    for (const query of queries) {
      const last = query.name.split('.').at(-1) ?? '';
      if (hasName(query) && last.length > 12) report(nameOf(query), [last]);
    }
  },
};
