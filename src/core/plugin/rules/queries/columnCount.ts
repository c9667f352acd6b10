import { columnMends } from './columnMends.ts';
import type { QueryRule } from './queryRule.ts';

export const columnCount: QueryRule = {
  code: 'PS252',
  check({ queries }, report) {
    for (const { element, columns, sql } of queries) {
      const list = element.element('columns');
      const items = sql?.statement.items;
      if (list === undefined || list.unclosed || items === undefined || columns.length === 0) continue;
      if (
        sql?.element.unclosed === true ||
        sql?.element.children.some((child) => child.kind !== 'element' && child.damaged) === true
      )
        continue;
      if (items.length !== columns.length)
        report({ start: list.start, end: list.startTagEnd }, [columns.length, items.length], columnMends(columns, sql));
    }
  },
};
