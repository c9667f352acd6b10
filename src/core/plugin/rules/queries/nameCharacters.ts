import { hasName, nameOf, type QueryRule } from './queryRule.ts';

export const nameCharacters: QueryRule = {
  code: 'PS247',
  check({ queries }, report) {
    for (const query of queries) {
      if (hasName(query) && /[^a-z0-9_.\s]/.test(query.name)) report(nameOf(query));
    }
  },
};
