import { nearestName } from '../../schema/nearestName.ts';
import { removeElement, setText } from '../../schema/structureFixes.ts';
import type { PackageRule } from './packageRule.ts';
import { isStockQuery, queryNames } from './queryNames.ts';

export const mappedQueryUnknown: PackageRule = {
  code: 'PS347',
  check(subject, report) {
    const names = queryNames(subject);
    for (const { file, content } of subject.mappings) {
      for (const { implies } of content.permissions) {
        for (const { element, path, query } of implies) {
          if (query === undefined || names.has(query) || isStockQuery(query)) continue;
          const near = nearestName(query, names);
          const right = near === undefined ? [] : [setText(element, path.replace(query, near))];
          const fixes = [...right, removeElement(content.document, element)];
          report(file, { start: element.start, end: element.end }, [query], fixes);
        }
      }
    }
  },
};
