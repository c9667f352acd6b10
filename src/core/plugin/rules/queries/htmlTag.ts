import type { QueryRule } from './queryRule.ts';

export const htmlTag: QueryRule = {
  code: 'PS266',
  check({ queries }, report) {
    for (const { sql } of queries) {
      const tag = sql?.statement.tokens.find(({ kind }) => kind === 'tag');
      if (sql !== undefined && tag !== undefined) report(sql.at(tag), [tag.text.slice(0, 40)]);
    }
  },
};
