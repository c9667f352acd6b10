import { phrase } from '../../../problem/phrase.ts';
import type { QueryRule } from './queryRule.ts';

export const unnamedExpression: QueryRule = {
  code: 'PS254',
  check({ queries }, report) {
    for (const { sql, columns } of queries) {
      const items = sql?.statement.items ?? [];
      for (const [i, item] of items.entries()) {
        if (item.name !== undefined || sql === undefined || item.end <= item.start) continue;
        // where there are as many columns, each names its expression
        const name = items.length === columns.length ? /[a-z]\w*$/i.exec(columns[i]?.name ?? '')?.[0] : undefined;
        const { end } = sql.at(item);
        const edits = [{ range: { start: end, end }, text: ` AS ${name ?? ''}` }];
        const fixes = name === undefined ? [] : [{ title: phrase('Add AS {0}', name), automatic: false, edits }];
        report(sql.at(item), [], fixes);
      }
    }
  },
};
