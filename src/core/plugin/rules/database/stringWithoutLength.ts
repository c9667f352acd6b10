import { addAttribute } from '../../schema/structureFixes.ts';
import { startTagOf } from '../manifest/manifestRule.ts';
import type { DatabaseRule } from './databaseRule.ts';

export const stringWithoutLength: DatabaseRule = {
  code: 'PS447',
  severity: 'warning',
  message: 'The text field {0} has no length.',
  mend: 'Add length="…", at most 4000.',
  why: 'The database column needs a length. 521 of 546 text fields of public extensions give it.',
  source: '28 public extensions (rule S04)',
  check({ tables }, report) {
    for (const { fields } of tables) {
      for (const { element, name, type } of fields) {
        if (!/^string$/i.test(type) || element.attribute('length') !== undefined || element.damaged) continue;
        report(startTagOf(element), [name], [addAttribute(element, 'length', '255')]);
      }
    }
  },
};
