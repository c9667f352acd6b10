import { phrase } from '../../../problem/phrase.ts';
import { startTagOf } from '../manifest/manifestRule.ts';
import type { DatabaseRule } from './databaseRule.ts';

export const tableKind: DatabaseRule = {
  code: 'PS448',
  check({ tables }, report) {
    for (const { element, name } of tables) {
      if (element.damaged) continue;
      const both = element.attribute('coreTable') !== undefined && element.attribute('type') !== undefined;
      const neither = element.attribute('coreTable') === undefined && element.attribute('type') === undefined;
      if (both || neither) report(startTagOf(element), [name, both ? phrase('both') : phrase('neither')]);
    }
  },
};
