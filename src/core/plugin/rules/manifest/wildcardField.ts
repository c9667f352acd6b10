import { placeOf, type ManifestRule } from './manifestRule.ts';

export const wildcardField: ManifestRule = {
  code: 'PS163',
  check({ unusualFields }, report) {
    for (const { element, table, field } of unusualFields) {
      if (field.includes('*') || table.includes('*')) report(placeOf(element, field.includes('*') ? 'field' : 'table'));
    }
  },
};
