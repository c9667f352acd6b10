import { phrase } from '../../../problem/phrase.ts';
import { setValue } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';

export const nameChanged: ManifestRule = {
  code: 'PS153',
  severity: 'warning',
  message: 'The name was “{0}” in the last commit.',
  mend: 'Keep the name; change it only to make another plugin of it.',
  check({ name, committed }, report) {
    if (committed === undefined || name === undefined || committed.name === '' || name.value === committed.name) return;
    const title = phrase('Change back to {0}', committed.name);
    report(name, [committed.name], [setValue(name, committed.name, { title })]);
  },
};
