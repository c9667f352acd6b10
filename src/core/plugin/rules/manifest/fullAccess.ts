import { setValue } from '../../schema/structureFixes.ts';
import { isExtensionTable, isView } from '../tableNames.ts';
import { placeOf, type ManifestRule } from './manifestRule.ts';

export const fullAccess: ManifestRule = {
  code: 'PS158',
  check({ unusualFields }, report) {
    for (const { element, table, key, access } of unusualFields) {
      if (access !== 'FullAccess' || table === '' || isExtensionTable(table) || isView(table)) continue;
      const attribute = element.attribute('access');
      report(placeOf(element, 'access'), [key], attribute === undefined ? [] : [setValue(attribute, 'ViewOnly')]);
    }
  },
};
