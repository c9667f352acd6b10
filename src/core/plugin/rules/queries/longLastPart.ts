import { hasName, nameOf, type QueryRule } from './queryRule.ts';

export const longLastPart: QueryRule = {
  code: 'PS249',
  severity: 'info',
  message: 'The last part of the name, {0}, is longer than 12 characters.',
  mend: 'Shorten it if the query cannot be called.',
  check({ queries }, report) {
    for (const query of queries) {
      const last = query.name.split('.').at(-1) ?? '';
      if (hasName(query) && last.length > 12) report(nameOf(query), [last]);
    }
  },
};
