import type { PackageText } from '../../package/pluginPackage.ts';
import type { PackageRule } from './packageRule.ts';

export const queryInTwoFiles: PackageRule = {
  code: 'PS480',
  check({ queries }, report) {
    const seen = new Map<string, PackageText>();
    for (const { file, content } of queries) {
      for (const { nameAttribute, name } of content.queries) {
        const other = seen.get(name);
        if (other === undefined) seen.set(name, file);
        else if (other !== file && nameAttribute !== undefined && name !== '')
          report(file, nameAttribute, [name, other.inside]);
      }
    }
  },
};
