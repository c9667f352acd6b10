import type { PackageRule } from './packageRule.ts';
import { mappedQueries } from './queryNames.ts';

export const datNotMapped: PackageRule = {
  code: 'PS357',
  severity: 'error',
  message: 'The data access tag {0} is mapped to no page.',
  mend: 'Add a permission mapping to a page that its users can open.',
  check(subject, report) {
    const mapped = mappedQueries(subject);
    for (const { file, content } of subject.queries) {
      for (const { nameAttribute, name, dat } of content.queries) {
        if (dat && nameAttribute !== undefined && name !== '' && !mapped.has(name)) report(file, nameAttribute, [name]);
      }
    }
  },
};
