import { setValue } from '../../schema/structureFixes.ts';
import type { ManifestRule } from './manifestRule.ts';

export const fullV1Access: ManifestRule = {
  code: 'PS170',
  severity: 'warning',
  message: 'FULL lets the plugin change everything that /ws/v1 can change.',
  mend: 'Ask for READ unless the plugin writes through /ws/v1.',
  check({ oauth }, report) {
    const level = oauth?.attribute('accessLevelV1Api');
    if (level?.value !== 'FULL') return;
    report(level, [], [setValue(level, 'READ')]);
  },
};
