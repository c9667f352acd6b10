import { hasName, nameOf, type QueryRule } from './queryRule.ts';

export const nameCharacters: QueryRule = {
  code: 'PS247',
  severity: 'info',
  message: 'The name has characters other than small letters, digits, _ and dots.',
  mend: 'Use small letters, with _ between words.',
  check({ queries }, report) {
    for (const query of queries) {
      if (hasName(query) && /[^a-z0-9_.\s]/.test(query.name)) report(nameOf(query));
    }
  },
};
