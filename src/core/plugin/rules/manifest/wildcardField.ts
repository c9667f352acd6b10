import { placeOf, type ManifestRule } from './manifestRule.ts';

export const wildcardField: ManifestRule = {
  code: 'PS163',
  severity: 'warning',
  message: 'A wildcard is not known to work.',
  mend: 'Name every field that the plugin needs.',
  why: 'One unofficial guide shows field="*", but none of 412 public plugins uses it, and the server checks every name.',
  source: '412 public plugins (rule P21)',
  check({ unusualFields }, report) {
    for (const { element, table, field } of unusualFields) {
      if (field.includes('*') || table.includes('*')) report(placeOf(element, field.includes('*') ? 'field' : 'table'));
    }
  },
};
