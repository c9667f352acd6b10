import { hasName, type QueryRule } from './queryRule.ts';

export const nameBlanks: QueryRule = {
  code: 'PS250',
  check({ queries, document }, report) {
    for (const query of queries) {
      const { nameAttribute } = query;
      if (nameAttribute === undefined || !hasName(query) || !/\s/.test(nameAttribute.value)) continue;
      const range = { start: nameAttribute.valueStart, end: nameAttribute.valueEnd };
      // a blank written as a reference is left to the writer
      const plain = !document.text.slice(range.start, range.end).includes('&');
      const text = nameAttribute.value.replace(/\s+/g, '');
      const fix = { title: 'Remove the blanks', automatic: true, edits: [{ range, text }] };
      report(nameAttribute, [], plain ? [fix] : []);
    }
  },
};
