import { addAttribute, setValue } from '../../schema/structureFixes.ts';
import type { PackageRule } from './packageRule.ts';

export const v1LevelMissing: PackageRule = {
  code: 'PS177',
  check({ manifest, pages }, report) {
    const oauth = manifest?.content.oauth;
    if (manifest === undefined || oauth === undefined) return;
    const level = oauth.attributeValue('accessLevelV1Api');
    if (level !== '' && level !== 'NONE') return;
    if (!pages.some(({ decoded }) => decoded.text.includes('/ws/v1/'))) return;
    const written = oauth.attribute('accessLevelV1Api');
    const fix = written === undefined ? addAttribute(oauth, 'accessLevelV1Api', 'READ') : setValue(written, 'READ');
    report(manifest.file, written ?? { start: oauth.start, end: oauth.startTagEnd }, [], [fix]);
  },
};
