import { isWord } from '../../sql/selectList.ts';
import type { QueryRule } from './queryRule.ts';

export const notSelect: QueryRule = {
  code: 'PS267',
  check({ queries }, report) {
    for (const { sql } of queries) {
      const first = sql?.statement.tokens.find((token) => token.text !== '(');
      if (sql === undefined || first === undefined || first.kind !== 'word') continue;
      if (isWord(first, 'select') || isWord(first, 'with')) continue;
      report(sql.at(first), [first.text.toUpperCase()]);
    }
  },
};
