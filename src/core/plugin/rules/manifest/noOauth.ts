import { startTagOf, type ManifestRule } from './manifestRule.ts';

export const noOauth: ManifestRule = {
  code: 'PS172',
  check({ oauth, fields, accessRequests }, report) {
    const request = accessRequests[0];
    if (oauth !== undefined || fields.length === 0 || request === undefined) return;
    const edits = [{ range: { start: request.start, end: request.start }, text: '<oauth/>\n' }];
    report(startTagOf(request), [], [{ title: 'Add <oauth/>', automatic: false, edits }]);
  },
};
