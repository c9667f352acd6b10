import { setValue } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';

export const schemaLocation: ManifestRule = {
  code: 'PS176',
  check({ root }, report) {
    const location = root.attribute('xsi:schemaLocation');
    if (location === undefined || location.damaged) return;
    const words = location.value.trim().split(/\s+/);
    if (
      words.length % 2 === 0 &&
      words.some((word, i) => i % 2 === 0 && word === 'http://plugin.powerschool.pearson.com')
    )
      return;
    const right = 'http://plugin.powerschool.pearson.com plugin.xsd';
    report(location, [], [setValue(location, right, { title: 'Correct it', automatic: true })]);
  },
};
