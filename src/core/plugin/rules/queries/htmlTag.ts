import type { QueryRule } from './queryRule.ts';

export const htmlTag: QueryRule = {
  code: 'PS266',
  severity: 'warning',
  message: 'The SQL uses the PS-HTML tag {0}.',
  mend: 'Use an argument instead.',
  check({ queries }, report) {
    for (const { sql } of queries) {
      const tag = sql?.statement.tokens.find(({ kind }) => kind === 'tag');
      if (sql !== undefined && tag !== undefined) report(sql.at(tag), [tag.text.slice(0, 40)]);
    }
  },
};
