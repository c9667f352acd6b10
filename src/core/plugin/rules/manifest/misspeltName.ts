import { phrase } from '../../../problem/phrase.ts';
import { setValue } from '../../schema/structureFixes.ts';
import { placeOf, type ManifestRule } from './manifestRule.ts';

export const misspeltName: ManifestRule = {
  code: 'PS160',
  severity: 'warning',
  message: '{0} is not a known {1}; {2} is.',
  mend: 'Check the spelling.',
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
