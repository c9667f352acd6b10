import { setValue } from '../../schema/structureFixes.ts';
import { placeOf, type ManifestRule } from './manifestRule.ts';

export const absentField: ManifestRule = {
  code: 'PS178',
  check({ unknownNames }, report) {
    for (const [{ element, table, field }, check] of unknownNames()) {
      if (!check.certain) continue;
      const attribute = element.attribute('field');
      if (attribute === undefined || attribute.damaged) continue;
      const nearest = check.nearest?.toUpperCase();
      report(placeOf(element, 'field'), [table, field], nearest === undefined ? [] : [setValue(attribute, nearest)]);
    }
  },
};
