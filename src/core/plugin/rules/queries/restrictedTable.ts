import type { QueryRule } from './queryRule.ts';

export const restrictedTable: QueryRule = {
  code: 'PS271',
  check({ queries }, report) {
    for (const { sql } of queries) {
      for (const token of sql?.statement.tokens ?? []) {
        if (sql === undefined || token.kind !== 'directive' || !/^<@restricted_table/i.test(token.text)) continue;
        const right =
          token.text.startsWith('<@restricted_table') &&
          /\stable\s*=/.test(token.text) &&
          /\sselector\s*=/.test(token.text);
        if (!right) report(sql.at(token), [token.text.slice(0, 60)]);
      }
    }
  },
};
