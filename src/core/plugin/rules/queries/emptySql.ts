import type { QueryRule } from './queryRule.ts';

export const emptySql: QueryRule = {
  code: 'PS269',
  check({ queries }, report) {
    for (const { sql } of queries) {
      if (sql === undefined || sql.element.unclosed || sql.statement.tokens.length > 0) continue;
      report({ start: sql.element.start, end: sql.element.startTagEnd });
    }
  },
};
