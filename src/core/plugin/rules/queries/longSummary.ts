import type { QueryRule } from './queryRule.ts';

export const longSummary: QueryRule = {
  code: 'PS251',
  check({ queries }, report) {
    for (const { element, summary } of queries) {
      const part = element.element('summary');
      if (part !== undefined && summary !== undefined && summary.length > 50)
        report({ start: part.start, end: part.end }, [summary.length]);
    }
  },
};
