import { Catalog } from './catalog.ts';
import type { CatalogData } from './catalogData.ts';
import { Synonyms } from './synonyms.ts';
import { TableCatalog } from './tables.ts';
import type { TablesData } from './tablesData.ts';

export { expectedPaths } from './recordField.ts';

/**
 * The endpoints, parameters, expansions and so on that come with the product. Read from a chunk of its own when
 * first asked for; each call builds a new catalog, so keep the one you get.
 */
export async function loadCatalog(): Promise<Catalog> {
  const { default: data } = await import('./data/catalog.json', { with: { type: 'json' } });
  return new Catalog(data as unknown as CatalogData);
}

/** The tables and columns that come with the product; a chunk of its own, as with `loadCatalog`. */
export async function loadTables(): Promise<TableCatalog> {
  const { default: data } = await import('./data/tables.json', { with: { type: 'json' } });
  return new TableCatalog(data as unknown as TablesData);
}

/** Words that mean the same, for `CatalogSearch`; a small chunk of its own. */
export async function loadSynonyms(): Promise<Synonyms> {
  const { default: groups } = await import('./data/synonyms.json', { with: { type: 'json' } });
  return new Synonyms(groups);
}
