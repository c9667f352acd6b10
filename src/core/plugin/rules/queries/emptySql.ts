import type { QueryRule } from './queryRule.ts';

export const emptySql: QueryRule = {
  code: 'PS269',
  severity: 'warning',
  message: 'The query has no SQL.',
  mend: 'Write a SELECT.',
  why: 'The query can be installed but not called. One public plugin ships such a query, so it is not an error.',
  source: 'Public plugins (rule Q21)',
  check({ queries }, report) {
    for (const { sql } of queries) {
      if (sql === undefined || sql.element.unclosed || sql.statement.tokens.length > 0) continue;
      report({ start: sql.element.start, end: sql.element.startTagEnd });
    }
  },
};
