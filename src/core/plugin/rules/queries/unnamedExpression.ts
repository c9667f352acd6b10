import type { QueryRule } from './queryRule.ts';

export const unnamedExpression: QueryRule = {
  code: 'PS254',
  check({ queries }, report) {
    for (const { sql } of queries) {
      for (const item of sql?.statement.items ?? []) {
        if (item.name === undefined && sql !== undefined && item.end > item.start) report(sql.at(item));
      }
    }
  },
};
