import { setValue } from '../../schema/structureFixes.ts';
import { isView } from '../tableNames.ts';
import { placeOf, type ManifestRule } from './manifestRule.ts';

export const viewFullAccess: ManifestRule = {
  code: 'PS173',
  check({ unusualFields }, report) {
    for (const { element, table, access } of unusualFields) {
      if (access !== 'FullAccess' || !isView(table)) continue;
      const attribute = element.attribute('access');
      if (attribute === undefined) continue;
      report(placeOf(element, 'access'), [table], [setValue(attribute, 'ViewOnly', { automatic: true })]);
    }
  },
};
