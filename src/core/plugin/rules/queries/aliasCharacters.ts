import type { QueryRule } from './queryRule.ts';

export const aliasCharacters: QueryRule = {
  code: 'PS261',
  check({ queries }, report) {
    for (const { columns } of queries) {
      for (const { element, name } of columns) {
        if (name === '' || element.children.some((child) => child.kind === 'element' || child.damaged)) continue;
        if (!/^[\w$#]+(?:\.[\w$#]+)*$/.test(name)) report({ start: element.start, end: element.end }, [name]);
      }
    }
  },
};
