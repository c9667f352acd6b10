import { phrase } from '../../../problem/phrase.ts';
import { addAttribute, removeAttribute } from '../../schema/structureFixes.ts';
import { startTagOf } from '../manifest/manifestRule.ts';
import type { DatabaseRule } from './databaseRule.ts';

export const tableKind: DatabaseRule = {
  code: 'PS448',
  check({ tables }, report) {
    for (const { element, name } of tables) {
      if (element.damaged) continue;
      const written = [element.attribute('coreTable'), element.attribute('type')].filter((each) => each !== undefined);
      if (written.length === 1) continue;
      const fixes = written.map((attribute) => ({
        title: phrase('Remove {0}', attribute.name.full),
        automatic: false,
        edits: removeAttribute(element.document, attribute),
      }));
      const both = written.length > 0;
      report(
        startTagOf(element),
        [name, both ? phrase('both') : phrase('neither')],
        both ? fixes : [addAttribute(element, 'type', 'standalone')],
      );
    }
  },
};
