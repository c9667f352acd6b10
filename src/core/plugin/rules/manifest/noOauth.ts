import { startTagOf, type ManifestRule } from './manifestRule.ts';

export const noOauth: ManifestRule = {
  code: 'PS172',
  severity: 'info',
  message: 'Without <oauth/> no Client ID and Secret are made.',
  mend: 'Add <oauth/> if a program outside of PowerSchool uses these fields.',
  check({ oauth, fields, accessRequests }, report) {
    const request = accessRequests[0];
    if (oauth !== undefined || fields.length === 0 || request === undefined) return;
    const edits = [{ range: { start: request.start, end: request.start }, text: '<oauth/>\n' }];
    report(startTagOf(request), [], [{ title: 'Add <oauth/>', automatic: false, edits }]);
  },
};
