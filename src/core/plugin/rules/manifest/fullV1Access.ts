import type { ManifestRule } from './manifestRule.ts';

export const fullV1Access: ManifestRule = {
  code: 'PS170',
  severity: 'warning',
  message: 'FULL lets the plugin change everything that /ws/v1 can change.',
  mend: 'Ask for READ unless the plugin writes through /ws/v1.',
  why: "Whoever holds the plugin's Client Secret can then change students, staff and schools.",
  source: 'PowerSchool developer documentation, Plugin XML (rule P26)',
  check({ oauth }, report) {
    const level = oauth?.attribute('accessLevelV1Api');
    if (level?.value !== 'FULL') return;
    const edits = [{ range: { start: level.valueStart, end: level.valueEnd }, text: 'READ' }];
    report(level, [], [{ title: 'Change to READ', automatic: false, edits }]);
  },
};
