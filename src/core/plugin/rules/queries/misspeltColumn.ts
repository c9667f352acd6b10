import { phrase } from '../../../problem/phrase.ts';
import { setValue } from '../../schema/structureFixes.ts';
import type { QueryRule } from './queryRule.ts';

export const misspeltColumn: QueryRule = {
  code: 'PS263',
  check({ queries, names }, report) {
    if (names === undefined) return;
    for (const { columns, args } of queries) {
      for (const { element } of [...columns, ...args]) {
        const column = element.attribute('column');
        const [table = '', field = ''] = column?.value.trim().split('.') ?? [];
        if (column === undefined || column.damaged || field === '') continue;
        const check = names.check(table, field);
        if (check.kind === 'known' || check.nearest === undefined) continue;
        const written = check.kind === 'table' ? table : field;
        const nearest = written === written.toUpperCase() ? check.nearest.toUpperCase() : check.nearest;
        const text = check.kind === 'table' ? `${nearest}.${field}` : `${table}.${nearest}`;
        report(
          column,
          [written, check.kind === 'table' ? phrase('table') : phrase('field of {0}', table), nearest],
          [setValue(column, text)],
        );
      }
    }
  },
};
