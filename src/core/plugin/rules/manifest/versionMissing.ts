import { placeOf, type ManifestRule } from './manifestRule.ts';

export const versionMissing: ManifestRule = {
  code: 'PS151',
  check({ root, version }, report) {
    if (root.damaged && version === undefined) return;
    if (version !== undefined && (version.damaged || version.value.trim() !== '')) return;
    const name = root.attribute('name');
    const at = name?.end ?? root.nameEnd;
    const fix =
      version === undefined
        ? { range: { start: at, end: at }, text: ' version="1.0.0"' }
        : { range: { start: version.valueStart, end: version.valueEnd }, text: '1.0.0' };
    report(placeOf(root, 'version'), [], [{ title: 'Add version 1.0.0', automatic: false, edits: [fix] }]);
  },
};
