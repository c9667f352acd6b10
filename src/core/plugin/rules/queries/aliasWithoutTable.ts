import { addAttribute } from '../../schema/structureFixes.ts';
import { tablesOf } from '../../sql/fromTables.ts';
import type { QueryRule } from './queryRule.ts';

export const aliasWithoutTable: QueryRule = {
  code: 'PS260',
  check({ queries }, report) {
    for (const { columns, coreTable, element, sql } of queries) {
      if (coreTable !== undefined || element.damaged) continue;
      // one message a query: the mend is on the query
      const column = columns.find(({ name }) => name !== '' && !name.includes('.'));
      if (column === undefined) continue;
      const table =
        columns.map((each) => /^([\w$#]+)\.[\w$#]+$/.exec(each.column ?? '')?.[1]).find((name) => name !== undefined) ??
        tablesOf(sql?.statement.tokens ?? [])
          .values()
          .next().value;
      report(
        { start: column.element.start, end: column.element.end },
        [column.name],
        table === undefined ? [] : [addAttribute(element, 'coreTable', table)],
      );
    }
  },
};
