import { hasName, nameOf, type QueryRule } from './queryRule.ts';

export const nameRepeated: QueryRule = {
  code: 'PS248',
  check({ queries }, report) {
    const seen = new Set<string>();
    for (const query of queries) {
      if (!hasName(query)) continue;
      if (seen.has(query.name)) report(nameOf(query), [query.name]);
      seen.add(query.name);
    }
  },
};
