import { phrase } from '../../../problem/phrase.ts';
import { removeAttribute } from '../../schema/structureFixes.ts';
import type { QueryRule } from './queryRule.ts';

export const casingWithoutColumn: QueryRule = {
  code: 'PS277',
  check({ queries, document }, report) {
    for (const { args } of queries) {
      for (const { element, column } of args) {
        const casing = element.attribute('casing');
        if (casing === undefined || casing.value === 'none' || column !== '' || element.damaged) continue;
        const edits = removeAttribute(document, casing);
        report(casing, [], [{ title: phrase('Remove {0}', 'casing'), automatic: false, edits }]);
      }
    }
  },
};
