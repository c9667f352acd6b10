import type { QueryRule } from './queryRule.ts';

export const computedColumn: QueryRule = {
  code: 'PS278',
  severity: 'info',
  message: 'The column {0} names no field.',
  mend: 'Add column="TABLE.FIELD" with a field that the plugin was granted, such as STUDENTS.ID.',
  check({ queries }, report) {
    for (const { columns } of queries) {
      for (const { element, name, column } of columns) {
        if (column !== undefined || name === '' || name.includes('.') || element.damaged) continue;
        report({ start: element.start, end: element.end }, [name]);
      }
    }
  },
};
