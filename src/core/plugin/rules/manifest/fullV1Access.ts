import { setValue } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';

export const fullV1Access: ManifestRule = {
  code: 'PS170',
  check({ oauth }, report) {
    const level = oauth?.attribute('accessLevelV1Api');
    if (level?.value !== 'FULL') return;
    report(level, [], [setValue(level, 'READ')]);
  },
};
