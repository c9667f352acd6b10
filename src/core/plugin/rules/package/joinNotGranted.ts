import { isExtensionTable } from '../tableNames.ts';
import { fieldOf, fieldsElsewhere } from './columnUse.ts';
import { grantedFields } from './grantedFields.ts';
import type { PackageRule } from './packageRule.ts';

export const joinNotGranted: PackageRule = {
  code: 'PS476',
  check(subject, report) {
    const { manifest, queries } = subject;
    if (queries.length === 0 || (manifest?.content.fields.length ?? 0) === 0) return;
    const granted = grantedFields(subject);
    for (const { file, content } of queries) {
      for (const query of content.queries) {
        const { sql, columns } = query;
        if (sql === undefined) continue;
        // where columns are missing already, that is the message
        const complete = columns.every((column) => {
          const key = fieldOf(column);
          return key === undefined || granted.has(key);
        });
        if (!complete) continue;
        const uses = fieldsElsewhere(query).filter(({ key }) => !granted.has(key) && !isExtensionTable(key));
        const [first] = uses;
        if (first === undefined) continue;
        const names = [...new Set(uses.map(({ key }) => key))];
        report(file, sql.at(first.token), [names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : ''), ...names]);
      }
    }
  },
};
