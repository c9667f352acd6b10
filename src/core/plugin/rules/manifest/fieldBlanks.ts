import { setValue } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';

export const fieldBlanks: ManifestRule = {
  code: 'PS164',
  check({ unusualFields }, report) {
    for (const { element, table, field } of unusualFields) {
      for (const [name, value] of [
        ['table', table],
        ['field', field],
      ] as const) {
        if (!/\s/.test(value) || value.trim() === '') continue;
        const attribute = element.attribute(name);
        if (attribute === undefined || attribute.damaged) continue;
        const plain = attribute.valueEnd - attribute.valueStart === value.length;
        const trims = plain && !/\s/.test(value.trim());
        const fix = setValue(attribute, value.trim(), { title: 'Remove the blanks', automatic: true });
        report(attribute, [name], trims ? [fix] : []);
      }
    }
  },
};
