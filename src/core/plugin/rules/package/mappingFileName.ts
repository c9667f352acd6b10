import type { PackageRule } from './packageRule.ts';

export const mappingFileName: PackageRule = {
  code: 'PS356',
  check({ mappings, queries }, report) {
    const names = new Set(queries.flatMap(({ file }) => stemOf(file.inside) ?? []));
    if (names.size === 0) return;
    for (const { file } of mappings) {
      const stem = stemOf(file.inside);
      if (stem !== undefined && !names.has(stem)) report(file, { start: 0, end: 0 }, [`${stem}.named_queries.xml`]);
    }
  },
};

/** The first part of a file name; undefined where it is missing, which has a message of its own. */
function stemOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return /^(?:named_queries|permission_mappings)\.xml$/.test(name) ? undefined : name.split('.')[0];
}
