import type { PackageRule } from './packageRule.ts';
import { isStockQuery, queryNames } from './queryNames.ts';

export const mappedStockQuery: PackageRule = {
  code: 'PS348',
  check(subject, report) {
    const names = queryNames(subject);
    for (const { file, content } of subject.mappings) {
      for (const { implies } of content.permissions) {
        for (const { element, query } of implies) {
          if (query === undefined || names.has(query) || !isStockQuery(query)) continue;
          report(file, { start: element.start, end: element.end }, [query]);
        }
      }
    }
  },
};
