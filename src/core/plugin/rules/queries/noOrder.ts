import { isWord } from '../../sql/selectList.ts';
import type { QueryRule } from './queryRule.ts';

export const noOrder: QueryRule = {
  code: 'PS265',
  severity: 'warning',
  message: 'The SQL has no ORDER BY.',
  mend: 'Add one that puts the rows in one certain order.',
  why: 'A large answer comes in pages. Without an order, a row may come twice and another not at all.',
  source: 'PowerSchool developer documentation, PowerQueries (rule Q19)',
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
