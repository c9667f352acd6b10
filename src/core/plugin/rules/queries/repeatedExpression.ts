import type { QueryRule } from './queryRule.ts';

export const repeatedExpression: QueryRule = {
  code: 'PS255',
  check({ queries }, report) {
    for (const { sql } of queries) {
      const seen = new Set<string>();
      for (const item of sql?.statement.items ?? []) {
        const name = item.name?.toLowerCase();
        if (name === undefined || sql === undefined) continue;
        if (seen.has(name)) report(sql.at(item), [item.name ?? name]);
        seen.add(name);
      }
    }
  },
};
