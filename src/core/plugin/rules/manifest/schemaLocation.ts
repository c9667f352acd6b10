import { setValue } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';

/** Pairs of a namespace and an address, with that of plugins among them. */
export function isSchemaLocation(value: string): boolean {
  const words = value.trim().split(/\s+/);
  return (
    words.length % 2 === 0 && words.some((word, i) => i % 2 === 0 && word === 'http://plugin.powerschool.pearson.com')
  );
}

export const schemaLocation: ManifestRule = {
  code: 'PS176',
  check({ root }, report) {
    const location = root.attribute('xsi:schemaLocation');
    if (location === undefined || location.damaged) return;
    if (isSchemaLocation(location.value)) return;
    const right = 'http://plugin.powerschool.pearson.com plugin.xsd';
    report(location, [], [setValue(location, right, { title: 'Correct it', automatic: true })]);
  },
};
