import type { QueryRule } from './queryRule.ts';

export const aliasCharacters: QueryRule = {
  code: 'PS261',
  severity: 'warning',
  message: 'The column name “{0}” has characters other than letters, digits and _.',
  mend: 'Write it like first_name or STUDENTS.FIRST_NAME.',
  check({ queries }, report) {
    for (const { columns } of queries) {
      for (const { element, name } of columns) {
        if (name === '' || element.children.some((child) => child.kind === 'element' || child.damaged)) continue;
        if (!/^[\w$#]+(?:\.[\w$#]+)*$/.test(name)) report({ start: element.start, end: element.end }, [name]);
      }
    }
  },
};
