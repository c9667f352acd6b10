import type { Fix } from '../../../problem/diagnostic.ts';
import { phrase, type Argument } from '../../../problem/phrase.ts';
import { addAttribute, removeAttribute, setValue } from '../../schema/structureFixes.ts';
import type { QueryRule } from './queryRule.ts';

export const datQuery: QueryRule = {
  code: 'PS275',
  check({ queries }, report) {
    for (const { element, dat, flattened, coreTable } of queries) {
      const attribute = element.attribute('dat');
      if (!dat || attribute === undefined) continue;
      const missing: Argument[] = [];
      if (!flattened) missing.push('flattened="true"');
      if (!/^(?:students|schoolstaff)$/i.test((coreTable ?? '').trim()))
        missing.push(phrase('coreTable Students or SchoolStaff'));
      const [first, second] = missing;
      const written = element.attribute('flattened');
      const fixes: Fix[] = [
        { title: phrase('Remove {0}', 'dat'), automatic: false, edits: removeAttribute(element.document, attribute) },
      ];
      if (missing.length === 1 && !flattened)
        fixes.unshift(written === undefined ? addAttribute(element, 'flattened', 'true') : setValue(written, 'true'));
      if (first === undefined) continue;
      report(attribute, [second === undefined ? first : phrase('{0} and {1}', first, second)], fixes);
    }
  },
};
