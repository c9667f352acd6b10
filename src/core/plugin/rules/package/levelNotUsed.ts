import { setValue } from '../../schema/structureFixes.ts';
import type { PackageRule } from './packageRule.ts';

const CALLS_V1 = /\/ws\/v1\//;

export const levelNotUsed: PackageRule = {
  code: 'PS483',
  check({ manifest, pages, requests = [] }, report) {
    const level = manifest?.content.oauth?.attribute('accessLevelV1Api');
    if (manifest === undefined || (level?.value !== 'READ' && level?.value !== 'FULL')) return;
    const uses = requests.flatMap((file) => file.uses);
    // pages may write, too: what they do under /ws/v1 is not looked into
    if (uses.length === 0 || pages.some(({ decoded }) => CALLS_V1.test(decoded.text))) return;
    const levels = new Set(uses.map((use) => (use.kind === 'v1' ? use.level : 'NONE')));
    if (levels.has(level.value)) return;
    const enough = levels.has('READ') ? 'READ' : 'NONE';
    report(manifest.file, level, [level.value, enough], [setValue(level, enough)]);
  },
};
