import { isView } from '../tableNames.ts';
import type { QueryRule } from './queryRule.ts';

export const unknownColumn: QueryRule = {
  code: 'PS264',
  check({ queries, names }, report) {
    if (names === undefined) return;
    const said = new Set<string>();
    for (const { columns } of queries) {
      for (const { element } of columns) {
        const column = element.attribute('column');
        const [table = '', field = ''] = column?.value.trim().split('.') ?? [];
        if (column === undefined || column.damaged || field === '' || isView(table)) continue;
        const check = names.check(table, field);
        if (check.kind === 'known' || check.nearest !== undefined) continue;
        const name = (check.kind === 'table' ? table : `${table}.${field}`).toUpperCase();
        if (said.has(name)) continue;
        said.add(name);
        report(column, [name]);
      }
    }
  },
};
