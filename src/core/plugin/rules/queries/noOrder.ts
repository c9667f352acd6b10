import { isWord } from '../../sql/selectList.ts';
import type { QueryRule } from './queryRule.ts';

export const noOrder: QueryRule = {
  code: 'PS265',
  check({ queries }, report) {
    for (const { sql } of queries) {
      if (sql === undefined || sql.element.unclosed) continue;
      const { tokens } = sql.statement;
      const first = tokens.find((token) => isWord(token, 'select') || isWord(token, 'with'));
      if (first === undefined) continue;
      const ordered = tokens.some(
        (token, i) => token.depth === 0 && isWord(token, 'order') && isWord(tokens[i + 1], 'by'),
      );
      if (!ordered) report({ start: sql.element.start, end: sql.element.startTagEnd });
    }
  },
};
