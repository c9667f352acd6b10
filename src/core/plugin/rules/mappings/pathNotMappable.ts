import { removeElement, setText } from '../../schema/structureFixes.ts';
import type { MappingRule } from './mappingRule.ts';

export const pathNotMappable: MappingRule = {
  code: 'PS345',
  check({ permissions, document }, report) {
    for (const { implies } of permissions) {
      for (const { element, path, query, table } of implies) {
        if (path === '' || query !== undefined || table !== undefined) continue;
        if (element.children.some((child) => child.kind === 'element' || child.damaged)) continue;
        const known = /(?:^|\/)(schema\/(?:query|table)\/[^/?#\s].*)$/i.exec(path)?.[1];
        const fixes = known === undefined ? [] : [setText(element, `/ws/${known}`)];
        report({ start: element.start, end: element.end }, [path], [...fixes, removeElement(document, element)]);
      }
    }
  },
};
