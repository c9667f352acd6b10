import { nearestName } from '../../schema/nearestName.ts';
import { changeTo } from '../../schema/structureFixes.ts';
import type { PackageRule } from './packageRule.ts';
import { isStockQuery, queryNames } from './queryNames.ts';

export const mappedQueryUnknown: PackageRule = {
  code: 'PS347',
  check(subject, report) {
    const names = queryNames(subject);
    for (const { file, content } of subject.mappings) {
      for (const { implies } of content.permissions) {
        for (const { element, query } of implies) {
          if (query === undefined || names.has(query) || isStockQuery(query)) continue;
          const near = nearestName(query, names);
          const start = element.startTagEnd + content.document.text.slice(element.startTagEnd).indexOf(query);
          const edits = [{ range: { start, end: start + query.length }, text: near ?? query }];
          const fixes = near === undefined ? [] : [{ title: changeTo(near), automatic: false, edits }];
          report(file, { start: element.start, end: element.end }, [query], fixes);
        }
      }
    }
  },
};
