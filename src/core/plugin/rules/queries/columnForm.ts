import { setValue } from '../../schema/structureFixes.ts';
import type { QueryRule } from './queryRule.ts';

export const columnForm: QueryRule = {
  code: 'PS262',
  check({ queries }, report) {
    for (const { columns, args, coreTable = '' } of queries) {
      for (const { element } of [...columns, ...args]) {
        const column = element.attribute('column');
        if (column === undefined || column.damaged || column.value.trim() === '') continue;
        if (/^[\w$#]+\.[\w$#]+$/.test(column.value.trim())) continue;
        const whole = `${coreTable.trim()}.${column.value.trim()}`.toUpperCase();
        report(column, [column.value], /^[\w$#]+\.[\w$#]+$/.test(whole) ? [setValue(column, whole)] : []);
      }
    }
  },
};
