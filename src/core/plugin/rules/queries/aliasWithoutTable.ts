import type { QueryRule } from './queryRule.ts';

export const aliasWithoutTable: QueryRule = {
  code: 'PS260',
  severity: 'warning',
  message: 'A column named {0}, in one part, needs coreTable on the query.',
  mend: 'Add coreTable, or name the column TABLE.FIELD.',
  why: 'The documentation asks for it since 9.2. Some plugins in use do without.',
  source: 'PowerSchool developer documentation, PowerQueries (rule Q15, conflict C24)',
  check({ queries }, report) {
    for (const { columns, coreTable, element } of queries) {
      if (coreTable !== undefined || element.damaged) continue;
      // one message a query: the mend is on the query
      const column = columns.find(({ name }) => name !== '' && !name.includes('.'));
      if (column !== undefined) report({ start: column.element.start, end: column.element.end }, [column.name]);
    }
  },
};
