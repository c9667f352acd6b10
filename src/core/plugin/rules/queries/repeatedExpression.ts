import type { QueryRule } from './queryRule.ts';

export const repeatedExpression: QueryRule = {
  code: 'PS255',
  severity: 'warning',
  message: 'The SELECT has two expressions with the name {0}.',
  mend: 'Give one of them another name: … AS name.',
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
