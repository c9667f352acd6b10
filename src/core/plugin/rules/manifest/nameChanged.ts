import { phrase } from '../../../problem/phrase.ts';
import { setValue } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';

export const nameChanged: ManifestRule = {
  code: 'PS153',
  check({ name, committed }, report) {
    if (committed === undefined || name === undefined || committed.name === '' || name.value === committed.name) return;
    const title = phrase('Change back to {0}', committed.name);
    report(name, [committed.name], [setValue(name, committed.name, { title })]);
  },
};
