import { fieldOf } from './columnUse.ts';
import { grantedFields } from './grantedFields.ts';
import type { PackageRule } from './packageRule.ts';

export const columnNotGranted: PackageRule = {
  code: 'PS475',
  check(subject, report) {
    const { manifest, queries } = subject;
    // a plugin without any field means its queries for pages
    if (queries.length === 0 || (manifest?.content.fields.length ?? 0) === 0) return;
    const granted = grantedFields(subject);
    for (const { file, content } of queries) {
      for (const { columns } of content.queries) {
        for (const column of columns) {
          const key = fieldOf(column);
          if (key === undefined || granted.has(key)) continue;
          const [table = '', field = ''] = key.split('.');
          report(file, column.element.attribute('column') ?? { start: column.element.start, end: column.element.end }, [
            key,
            table,
            field,
          ]);
        }
      }
    }
  },
};
