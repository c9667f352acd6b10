import { phrase } from '../../../problem/phrase.ts';
import { setValue } from '../../schema/structureFixes.ts';
import { placeOf, type ManifestRule } from './manifestRule.ts';

export const misspeltName: ManifestRule = {
  code: 'PS160',
  check({ unknownNames }, report) {
    for (const [{ element, table }, check] of unknownNames()) {
      if (check.certain || check.nearest === undefined) continue;
      const attribute = element.attribute(check.kind === 'table' ? 'table' : 'field');
      if (attribute === undefined || attribute.damaged) continue;
      const nearest = attribute.value === attribute.value.toUpperCase() ? check.nearest.toUpperCase() : check.nearest;
      report(
        placeOf(element, attribute.name.full),
        [attribute.value, check.kind === 'table' ? phrase('table') : phrase('field of {0}', table), nearest],
        [setValue(attribute, nearest)],
      );
    }
  },
};
