import { otherName } from './otherName.ts';
import { hasName, nameOf, type QueryRule } from './queryRule.ts';

export const nameRepeated: QueryRule = {
  code: 'PS248',
  check({ queries, document }, report) {
    let names: Set<string> | undefined;
    const seen = new Map<string, (typeof queries)[number]>();
    for (const query of queries) {
      if (!hasName(query)) continue;
      const first = seen.get(query.name);
      if (first === undefined) seen.set(query.name, query);
      else {
        names ??= new Set(queries.map(({ name }) => name));
        report(nameOf(query), [query.name], otherName(document, query, first, names));
      }
    }
  },
};
