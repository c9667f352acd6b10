import { nearestName } from '../../schema/nearestName.ts';
import type { PluginPackage } from '../../package/pluginPackage.ts';

/** Names of all queries of a package. */
export function queryNames({ queries }: PluginPackage): Set<string> {
  return new Set(queries.flatMap(({ content }) => content.queries.map(({ name }) => name)));
}

/** Queries that come with PowerSchool. */
export function isStockQuery(name: string): boolean {
  return /^com\.(?:pearson|powerschool)\./i.test(name);
}

/** Names that a mapping of the package makes callable from a page; a misspelt one counts as the one that is meant. */
export function mappedQueries(subject: PluginPackage): Set<string> {
  const names = queryNames(subject);
  const mapped = new Set<string>();
  for (const { content } of subject.mappings)
    for (const { implies } of content.permissions)
      for (const { query } of implies)
        if (query !== undefined)
          mapped.add(names.has(query) || isStockQuery(query) ? query : (nearestName(query, names) ?? query));
  return mapped;
}
