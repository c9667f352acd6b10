import { hasName, nameOf, type QueryRule } from './queryRule.ts';

export const nameParts: QueryRule = {
  code: 'PS245',
  severity: 'warning',
  message: 'The name has {0} parts; five are usual.',
  mend: 'Use your domain reversed (two parts), the product, the area and the entity.',
  check({ queries }, report) {
    for (const query of queries) {
      const count = query.name.split('.').length;
      if (hasName(query) && count !== 5) report(nameOf(query), [count]);
    }
  },
};
