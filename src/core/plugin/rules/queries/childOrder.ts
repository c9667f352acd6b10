import type { QueryRule } from './queryRule.ts';

const USUAL = ['summary', 'description', 'args', 'columns', 'sql'];

export const childOrder: QueryRule = {
  code: 'PS272',
  check({ queries }, report) {
    for (const { element } of queries) {
      let latest = -1;
      for (const child of element.elements()) {
        const place = USUAL.indexOf(child.name.local);
        if (place < 0) continue;
        if (place < latest)
          report({ start: child.start, end: child.startTagEnd }, [child.name.local, USUAL[latest] ?? '']);
        latest = Math.max(latest, place);
      }
    }
  },
};
