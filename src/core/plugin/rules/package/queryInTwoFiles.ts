import type { PackageText } from '../../package/pluginPackage.ts';
import type { NamedQuery } from '../../query/namedQuery.ts';
import { otherName } from '../queries/otherName.ts';
import { queryNames } from './queryNames.ts';
import type { PackageRule } from './packageRule.ts';

export const queryInTwoFiles: PackageRule = {
  code: 'PS480',
  check(subject, report) {
    const { queries } = subject;
    const seen = new Map<string, { readonly file: PackageText; readonly query: NamedQuery }>();
    for (const { file, content } of queries) {
      for (const query of content.queries) {
        const { nameAttribute, name } = query;
        const other = seen.get(name);
        if (other === undefined) seen.set(name, { file, query });
        else if (other.file !== file && nameAttribute !== undefined && name !== '') {
          const fixes = otherName(content.document, query, other.query, queryNames(subject));
          report(file, nameAttribute, [name, other.file.inside], fixes);
        }
      }
    }
  },
};
