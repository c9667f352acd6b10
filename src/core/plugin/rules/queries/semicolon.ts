import type { QueryRule } from './queryRule.ts';

export const semicolon: QueryRule = {
  code: 'PS268',
  check({ queries }, report) {
    for (const { sql } of queries) {
      const token = sql?.statement.tokens.find(({ kind, text }) => kind === 'symbol' && text === ';');
      if (sql === undefined || token === undefined) continue;
      const range = sql.at(token);
      const last = token === sql.statement.tokens.at(-1);
      report(range, [], last ? [{ title: 'Remove the semicolon', automatic: true, edits: [{ range, text: '' }] }] : []);
    }
  },
};
