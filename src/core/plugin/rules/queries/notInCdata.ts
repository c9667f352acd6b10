import type { QueryRule } from './queryRule.ts';

export const notInCdata: QueryRule = {
  code: 'PS270',
  check({ queries, document }, report) {
    for (const { sql } of queries) {
      if (sql === undefined || sql.source.inCdata || sql.element.endTagStart < 0 || sql.statement.tokens.length === 0)
        continue;
      const { element } = sql;
      if (element.children.some((child) => child.kind !== 'element' && child.damaged)) continue;
      const only = element.children.length === 1 ? element.children[0] : undefined;
      const range = { start: element.startTagEnd, end: element.endTagStart };
      const text = only?.kind === 'text' ? document.textOf(only) : undefined;
      const fits =
        text !== undefined && !text.includes(']]>') && !/[\r]/.test(document.text.slice(range.start, range.end));
      const raw = document.text.slice(range.start, range.end);
      const kept = raw.includes('&') ? text : raw;
      report(
        { start: element.start, end: element.startTagEnd },
        [],
        fits || (only?.kind === 'text' && !raw.includes('&'))
          ? [{ title: 'Put it into CDATA', automatic: true, edits: [{ range, text: `<![CDATA[${kept ?? raw}]]>` }] }]
          : [],
      );
    }
  },
};
