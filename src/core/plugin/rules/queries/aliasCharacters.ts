import { setText } from '../../schema/structureFixes.ts';
import type { QueryRule } from './queryRule.ts';

const RIGHT = /^[\w$#]+(?:\.[\w$#]+)*$/;

export const aliasCharacters: QueryRule = {
  code: 'PS261',
  check({ queries }, report) {
    for (const { columns } of queries) {
      for (const { element, name } of columns) {
        if (name === '' || element.children.some((child) => child.kind === 'element' || child.damaged)) continue;
        if (RIGHT.test(name)) continue;
        const plain = name.replace(/[^\w$#.]+/g, '_');
        report({ start: element.start, end: element.end }, [name], RIGHT.test(plain) ? [setText(element, plain)] : []);
      }
    }
  },
};
