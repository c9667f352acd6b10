import type { MappingRule } from './mappingRule.ts';

export const pathNotMappable: MappingRule = {
  code: 'PS345',
  check({ permissions }, report) {
    for (const { implies } of permissions) {
      for (const { element, path, query, table } of implies) {
        if (path === '' || query !== undefined || table !== undefined) continue;
        if (element.children.some((child) => child.kind === 'element' || child.damaged)) continue;
        report({ start: element.start, end: element.end }, [path]);
      }
    }
  },
};
