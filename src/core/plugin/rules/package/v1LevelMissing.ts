import type { PackageRule } from './packageRule.ts';

export const v1LevelMissing: PackageRule = {
  code: 'PS177',
  check({ manifest, pages }, report) {
    const oauth = manifest?.content.oauth;
    if (manifest === undefined || oauth === undefined) return;
    const level = oauth.attributeValue('accessLevelV1Api');
    if (level !== '' && level !== 'NONE') return;
    if (!pages.some(({ decoded }) => decoded.text.includes('/ws/v1/'))) return;
    report(manifest.file, oauth.attribute('accessLevelV1Api') ?? { start: oauth.start, end: oauth.startTagEnd });
  },
};
