import type { Column } from '../output/columns.ts';
import { columnsOfPaths, columnsOfTable, projectedColumns } from '../output/knownColumns.ts';
import type { ApiSender } from '../powerschool/client.ts';
import type { PagingRequest } from '../powerschool/pagingPlan.ts';
import { readJson } from '../powerschool/responseText.ts';
import { ExplainedError } from '../problem/explainedError.ts';

/**
 * The columns that records of a list will have, as far as that is known before the first one: from the projection
 * or the server's description of the table, else from the catalog. Undefined when nothing is known.
 */
export async function knownColumns(
  sender: ApiSender,
  request: PagingRequest,
  origin: string,
): Promise<readonly Column[] | undefined> {
  const { pathname, searchParams } = new URL(request.target, origin);
  const table = /^\/ws\/schema\/table\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (table !== undefined) {
    const columns =
      projectedColumns(searchParams.get('projection') ?? undefined) ??
      (await tableColumns(sender, table, request, origin));
    return columns === undefined ? undefined : columnsOfTable(decodeURIComponent(table), columns);
  }
  if (request.method === 'POST') return undefined;
  const { expectedPaths, loadCatalog } = await import('../catalog/load.ts');
  const catalog = await loadCatalog();
  const operation = catalog.match('GET', pathname)?.operation;
  const fields = operation === undefined ? undefined : catalog.resource(operation.resource)?.recordFields;
  if (fields === undefined || fields.length === 0 || operation?.kind !== 'list') return undefined;
  const expansions = (searchParams.get('expansions') ?? '').split(',').map((name) => name.trim());
  return columnsOfPaths(expectedPaths(fields, expansions));
}

/** The columns that the plugin may read; undefined when the server does not tell. */
async function tableColumns(
  sender: ApiSender,
  table: string,
  { signal }: PagingRequest,
  origin: string,
): Promise<readonly string[] | undefined> {
  try {
    const response = await sender.send({
      method: 'GET',
      target: `${origin}/ws/schema/table/${table}/metadata`,
      signal,
    });
    if (response.status !== 200) {
      await response.dispose();
      return undefined;
    }
    const metadata = (await readJson(response)) as { columns?: unknown };
    if (!Array.isArray(metadata.columns)) return undefined;
    return (metadata.columns as { name?: unknown; access?: unknown }[])
      .filter(({ name, access }) => typeof name === 'string' && !/NoAccess$/i.test(String(access)))
      .map(({ name }) => String(name));
  } catch (error) {
    if (error instanceof ExplainedError) return undefined;
    throw error;
  }
}
