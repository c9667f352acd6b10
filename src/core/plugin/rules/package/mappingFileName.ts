import type { PackageRule } from './packageRule.ts';

export const mappingFileName: PackageRule = {
  code: 'PS356',
  severity: 'hint',
  message: 'No query file is called {0}.',
  mend: 'Give the two files the same first part if you like.',
  check({ mappings, queries }, report) {
    if (queries.length === 0) return;
    const names = new Set(queries.map(({ file }) => stemOf(file.inside)));
    for (const { file } of mappings) {
      if (!names.has(stemOf(file.inside)))
        report(file, { start: 0, end: 0 }, [`${stemOf(file.inside)}.named_queries.xml`]);
    }
  },
};

function stemOf(path: string): string {
  return (
    path
      .slice(path.lastIndexOf('/') + 1)
      .split('.')[0]
      ?.toLowerCase() ?? ''
  );
}
