import type { PackageRule } from './packageRule.ts';
import { mappedQueries } from './queryNames.ts';

export const queryNotMapped: PackageRule = {
  code: 'PS355',
  check(subject, report) {
    const mapped = mappedQueries(subject);
    // a package without any mapping means it so
    if (subject.mappings.length === 0) return;
    for (const { file, content } of subject.queries) {
      for (const { nameAttribute, name, dat } of content.queries) {
        if (nameAttribute !== undefined && name !== '' && !dat && !mapped.has(name))
          report(file, nameAttribute, [name]);
      }
    }
  },
};
