import type { Catalog } from '../../core/catalog/catalog.ts';
import { queryFieldsOf } from '../../core/catalog/operation.ts';
import type { SearchHit } from '../../core/catalog/search.ts';
import type { TableCatalog } from '../../core/catalog/tables.ts';
import type { Server } from '../../core/powerschool/server.ts';
import type { ExplorerNode, ResourceNode } from './explorerNode.ts';

/** The row of the tree that a hit stands for; undefined when the catalog has it no more. */
export function nodeOfHit(
  server: Server,
  catalog: Catalog,
  tables: TableCatalog,
  hit: SearchHit,
): ExplorerNode | undefined {
  if (hit.table !== undefined) return tableNode(server, catalog, tables, hit);
  if (hit.powerQuery !== undefined) {
    const area = catalog.areas.find(({ id }) => id === 'powerqueries');
    const query = catalog.powerQuery(hit.powerQuery);
    return area && query && { kind: 'powerQuery', parent: { kind: 'powerQueries', server, area }, query };
  }
  const resource = catalog.resource(hit.resource ?? '');
  const area = catalog.areas.find(({ id }) => id === resource?.area);
  if (!resource || !area) return undefined;
  return partNode({ kind: 'resource', server, area, resource }, hit);
}

function tableNode(server: Server, catalog: Catalog, tables: TableCatalog, hit: SearchHit): ExplorerNode | undefined {
  const area = catalog.areas.find(({ id }) => id === 'tables');
  const table = tables.table(hit.table ?? '');
  if (!area || !table) return undefined;
  const node = { kind: 'table', parent: { kind: 'tables', server, area }, table } as const;
  const column = hit.column === undefined ? undefined : tables.column(table.name, hit.column);
  return column ? { kind: 'column', parent: node, table, column } : node;
}

/**
 * A field of a record stands at the expansion that brings it, else where one can filter by it, else at its resource.
 */
function partNode(parent: ResourceNode, hit: SearchHit): ExplorerNode {
  const { resource } = parent;
  if (hit.kind === 'operation') {
    const operation = resource.operations.find(({ id }) => id === hit.operation);
    if (operation) return { kind: 'operation', parent, operation };
  }
  const expansion = resource.expansions.find(({ name }) => name === hit.part);
  if (expansion) return { kind: 'expansion', parent, expansion };
  const extension = resource.extensions.find(({ name }) => name === hit.part);
  if (extension) return { kind: 'extension', parent, extension };
  const field = queryFieldsOf(resource).find(({ name }) => name === hit.name);
  return field ? { kind: 'field', parent, field } : parent;
}
