import { addAttribute } from '../../schema/structureFixes.ts';
import { startTagOf } from '../manifest/manifestRule.ts';
import type { DatabaseRule } from './databaseRule.ts';

export const stringWithoutLength: DatabaseRule = {
  code: 'PS447',
  check({ tables }, report) {
    for (const { fields } of tables) {
      for (const { element, name, type } of fields) {
        if (!/^string$/i.test(type) || element.attribute('length') !== undefined || element.damaged) continue;
        report(startTagOf(element), [name], [addAttribute(element, 'length', '255')]);
      }
    }
  },
};
