import { phrase } from '../../../problem/phrase.ts';
import { isView } from '../tableNames.ts';
import { placeOf, type ManifestRule } from './manifestRule.ts';

export const unknownName: ManifestRule = {
  code: 'PS161',
  check({ unknownNames }, report) {
    const said = new Set<string>();
    for (const [{ element, table, key }, check] of unknownNames()) {
      if (check.certain || check.nearest !== undefined || isView(table)) continue;
      const name = check.kind === 'table' ? table : key;
      if (said.has(name)) continue;
      said.add(name);
      report(placeOf(element, check.kind === 'table' ? 'table' : 'field'), [
        name,
        check.kind === 'table' ? phrase('tables') : phrase('fields'),
      ]);
    }
  },
};
