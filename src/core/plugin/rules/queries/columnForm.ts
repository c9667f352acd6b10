import type { QueryRule } from './queryRule.ts';

export const columnForm: QueryRule = {
  code: 'PS262',
  check({ queries }, report) {
    for (const { columns, args } of queries) {
      for (const { element } of [...columns, ...args]) {
        const column = element.attribute('column');
        if (column === undefined || column.damaged || column.value.trim() === '') continue;
        if (!/^[\w$#]+\.[\w$#]+$/.test(column.value.trim())) report(column, [column.value]);
      }
    }
  },
};
