import { isExtensionTable, isView } from '../tableNames.ts';
import { placeOf, type ManifestRule } from './manifestRule.ts';

export const fullAccess: ManifestRule = {
  code: 'PS158',
  severity: 'warning',
  message: 'FullAccess lets the plugin change {0}.',
  mend: 'Ask for ViewOnly unless the plugin writes this field.',
  check({ unusualFields }, report) {
    for (const { element, table, key, access } of unusualFields) {
      if (access !== 'FullAccess' || table === '' || isExtensionTable(table) || isView(table)) continue;
      report(placeOf(element, 'access'), [key]);
    }
  },
};
