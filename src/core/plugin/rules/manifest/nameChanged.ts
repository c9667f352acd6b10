import type { ManifestRule } from './manifestRule.ts';

export const nameChanged: ManifestRule = {
  code: 'PS153',
  severity: 'warning',
  message: 'The name was “{0}” in the last commit.',
  mend: 'Keep the name; change it only to make another plugin of it.',
  check({ name, committed }, report) {
    if (committed === undefined || name === undefined || committed.name === '' || name.value === committed.name) return;
    const edits = [{ range: { start: name.valueStart, end: name.valueEnd }, text: committed.name }];
    report(name, [committed.name], [{ title: `Change back to ${committed.name}`, automatic: false, edits }]);
  },
};
