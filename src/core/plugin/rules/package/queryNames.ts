import type { PluginPackage } from '../../package/pluginPackage.ts';

/** Names of all queries of a package. */
export function queryNames({ queries }: PluginPackage): Set<string> {
  return new Set(queries.flatMap(({ content }) => content.queries.map(({ name }) => name)));
}

/** Queries that come with PowerSchool. */
export function isStockQuery(name: string): boolean {
  return /^com\.(?:pearson|powerschool)\./i.test(name);
}

/** Names that a mapping of the package makes callable from a page. */
export function mappedQueries({ mappings }: PluginPackage): Set<string> {
  return new Set(
    mappings.flatMap(({ content }) =>
      content.permissions.flatMap(({ implies }) => implies.flatMap(({ query }) => query ?? [])),
    ),
  );
}
