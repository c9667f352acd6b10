import type { QueryRule } from './queryRule.ts';

export const unnamedExpression: QueryRule = {
  code: 'PS254',
  severity: 'warning',
  message: 'This expression of the SELECT has no name.',
  mend: 'Give it one: … AS name.',
  why: 'Since PowerSchool 9.0 every expression of the list must have a name.',
  source: 'PowerSchool developer documentation, PowerQueries (rule Q11)',
  check({ queries }, report) {
    for (const { sql } of queries) {
      for (const item of sql?.statement.items ?? []) {
        if (item.name === undefined && sql !== undefined && item.end > item.start) report(sql.at(item));
      }
    }
  },
};
