import { isExtensionTable, isView } from '../tableNames.ts';
import { placeOf, type ManifestRule } from './manifestRule.ts';

export const fullAccess: ManifestRule = {
  code: 'PS158',
  severity: 'warning',
  message: 'FullAccess lets the plugin change {0}.',
  mend: 'Ask for ViewOnly unless the plugin writes this field.',
  why: "Whoever holds the plugin's Client Secret can then change the records of a core table.",
  source: 'PowerSchool developer documentation, Plugin XML (rule P17)',
  check({ unusualFields }, report) {
    for (const { element, table, key, access } of unusualFields) {
      if (access !== 'FullAccess' || table === '' || isExtensionTable(table) || isView(table)) continue;
      report(placeOf(element, 'access'), [key]);
    }
  },
};
