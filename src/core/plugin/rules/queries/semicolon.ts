import type { QueryRule } from './queryRule.ts';

export const semicolon: QueryRule = {
  code: 'PS268',
  severity: 'error',
  message: 'The SQL must not have a semicolon.',
  mend: 'Remove it; a query holds one statement.',
  why: 'The server puts the statement into a larger one, which the semicolon would end too early.',
  source: 'PowerSchool developer documentation, field reports (rule Q21)',
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
