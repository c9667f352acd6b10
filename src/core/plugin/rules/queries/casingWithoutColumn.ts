import type { QueryRule } from './queryRule.ts';

export const casingWithoutColumn: QueryRule = {
  code: 'PS277',
  severity: 'warning',
  message: 'casing works only together with column.',
  mend: 'Add column="TABLE.FIELD", or remove casing.',
  check({ queries }, report) {
    for (const { args } of queries) {
      for (const { element, column } of args) {
        const casing = element.attribute('casing');
        if (casing !== undefined && casing.value !== 'none' && column === '' && !element.damaged) report(casing);
      }
    }
  },
};
