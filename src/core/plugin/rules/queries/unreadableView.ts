import { isView } from '../tableNames.ts';
import { isWord } from '../../sql/selectList.ts';
import type { QueryRule } from './queryRule.ts';

export const unreadableView: QueryRule = {
  code: 'PS274',
  check({ queries, tables }, report) {
    if (tables === undefined) return;
    const readable = new Set(tables.powerQueryViews.map((view) => view.toUpperCase()));
    for (const { sql } of queries) {
      if (sql === undefined) continue;
      const { tokens } = sql.statement;
      const said = new Set<string>();
      for (const [i, token] of tokens.entries()) {
        const before = tokens[i - 1];
        const afterFrom = isWord(before, 'from') || isWord(before, 'join') || before?.text === ',';
        const name = token.text.toUpperCase();
        if (token.kind !== 'word' || !afterFrom || !isView(name) || readable.has(name) || said.has(name)) continue;
        // `, ps_x.field` in a select list is an alias or a column, not a view in FROM
        if (tokens[i + 1]?.text === '.' || tokens[i + 1]?.text === '(') continue;
        said.add(name);
        report(sql.at(token), [name]);
      }
    }
  },
};
