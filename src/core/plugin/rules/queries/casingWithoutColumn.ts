import type { QueryRule } from './queryRule.ts';

export const casingWithoutColumn: QueryRule = {
  code: 'PS277',
  check({ queries }, report) {
    for (const { args } of queries) {
      for (const { element, column } of args) {
        const casing = element.attribute('casing');
        if (casing !== undefined && casing.value !== 'none' && column === '' && !element.damaged) report(casing);
      }
    }
  },
};
