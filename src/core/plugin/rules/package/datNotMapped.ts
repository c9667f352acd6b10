import type { PackageRule } from './packageRule.ts';
import { mappedQueries } from './queryNames.ts';

export const datNotMapped: PackageRule = {
  code: 'PS357',
  check(subject, report) {
    const mapped = mappedQueries(subject);
    for (const { file, content } of subject.queries) {
      for (const { nameAttribute, name, dat } of content.queries) {
        if (dat && nameAttribute !== undefined && name !== '' && !mapped.has(name)) report(file, nameAttribute, [name]);
      }
    }
  },
};
