import type { QueryRule } from './queryRule.ts';

export const computedColumn: QueryRule = {
  code: 'PS278',
  check({ queries }, report) {
    for (const { columns } of queries) {
      for (const { element, name, column } of columns) {
        if (column !== undefined || name === '' || name.includes('.') || element.damaged) continue;
        report({ start: element.start, end: element.end }, [name]);
      }
    }
  },
};
