import type { QueryRule } from './queryRule.ts';

export const aliasWithoutTable: QueryRule = {
  code: 'PS260',
  check({ queries }, report) {
    for (const { columns, coreTable, element } of queries) {
      if (coreTable !== undefined || element.damaged) continue;
      // one message a query: the mend is on the query
      const column = columns.find(({ name }) => name !== '' && !name.includes('.'));
      if (column !== undefined) report({ start: column.element.start, end: column.element.end }, [column.name]);
    }
  },
};
