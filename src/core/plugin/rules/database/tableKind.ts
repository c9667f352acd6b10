import { phrase } from '../../../problem/phrase.ts';
import { startTagOf } from '../manifest/manifestRule.ts';
import type { DatabaseRule } from './databaseRule.ts';

export const tableKind: DatabaseRule = {
  code: 'PS448',
  severity: 'warning',
  message: 'The table {0} has {1} coreTable and type.',
  mend: 'Use coreTable for a table that extends another, type="standalone" for one of its own.',
  check({ tables }, report) {
    for (const { element, name } of tables) {
      if (element.damaged) continue;
      const both = element.attribute('coreTable') !== undefined && element.attribute('type') !== undefined;
      const neither = element.attribute('coreTable') === undefined && element.attribute('type') === undefined;
      if (both || neither) report(startTagOf(element), [name, both ? phrase('both') : phrase('neither')]);
    }
  },
};
