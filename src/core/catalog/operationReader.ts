import type { Access, CatalogData, OperationData, QueryParameter, ResourceData } from './catalogData.ts';
import type {
  Filter,
  OfferedExpansion,
  OfferedExtension,
  OfferedPowerQuery,
  Operation,
  Resource,
} from './operation.ts';
import { readRecordFields } from './recordField.ts';
import { compareReleases } from './release.ts';
import type { Refusal, ReportedPowerQuery } from './serverFacts.ts';

/** What a server said about itself, as far as it changes operations. Keys are ids of resources. */
export interface ServerView {
  readonly expansions: Readonly<Record<string, readonly string[]>>;
  readonly extensions: Readonly<Record<string, readonly string[]>>;
  /** Metadata key → largest page. */
  readonly limits: Readonly<Record<string, number>>;
  /** See ServerFacts. */
  readonly refusals: Readonly<Record<string, Refusal>>;
  readonly version: string | undefined;
  readonly powerQueries: readonly ReportedPowerQuery[] | undefined;
}

export const NOTHING_SAID: ServerView = {
  expansions: {},
  extensions: {},
  limits: {},
  refusals: {},
  version: undefined,
  powerQueries: undefined,
};
const WRITING = new Set(['create', 'update', 'delete']);

/** Resolves the references of the data file. An unknown reference reads as empty: the tests on the data find it. */
export function readResource(data: CatalogData, resource: ResourceData, server: ServerView): Resource {
  const expansions = offered(data.expansions[resource.expansions ?? ''] ?? [], server.expansions[resource.id]);
  const extensions = offered(data.extensions[resource.extensions ?? ''] ?? [], server.extensions[resource.id]);
  return {
    id: resource.id,
    area: resource.area,
    title: resource.title,
    description: resource.description,
    table: resource.table,
    expansions,
    extensions,
    recordFields: readRecordFields(data, resource),
    operations: data.operations
      .filter((operation) => operation.resource === resource.id)
      .map((operation) => readOperation(data, resource, operation, expansions, extensions, server)),
  };
}

/** What the catalog knows in its order, then what only the server has. */
function offered<Name extends { readonly name: string; readonly description: string }>(
  known: readonly Name[],
  reported: readonly string[] | undefined,
): (Name & { availability: 'known' | 'reported' | 'notReported' })[] {
  if (reported === undefined) return known.map((entry) => ({ ...entry, availability: 'known' }));
  const names = new Set(reported);
  const result: (Name & { availability: 'known' | 'reported' | 'notReported' })[] = known.map((entry) => ({
    ...entry,
    availability: names.delete(entry.name) ? 'reported' : 'notReported',
  }));
  for (const name of names) result.push({ name, description: '', availability: 'reported' } as (typeof result)[number]);
  return result;
}

function readOperation(
  data: CatalogData,
  resource: ResourceData,
  operation: OperationData,
  expansions: readonly OfferedExpansion[],
  extensions: readonly OfferedExtension[],
  server: ServerView,
): Operation {
  const body = example(data, operation.body);
  return {
    id: operation.id,
    method: operation.method,
    path: operation.path,
    area: resource.area,
    resource: resource.id,
    kind: operation.kind,
    writes: WRITING.has(operation.kind),
    summary: operation.summary,
    description: operation.description ?? '',
    pathParams: Object.entries(operation.params ?? {}).flatMap(([name, kind]) => {
      const is = data.idKinds[kind];
      return is === undefined ? [] : [{ name, kind, is }];
    }),
    queryParams: (operation.query ?? []).flatMap((key): QueryParameter[] => {
      const parameter = data.parameters[key];
      return parameter === undefined ? [] : [parameter];
    }),
    expansions: operation.expansions === undefined ? [] : expansions,
    extensionsSupported: operation.extensions ?? false,
    extensions: operation.extensions === true ? extensions : [],
    filter: readFilter(data, operation.filter),
    paged: operation.paged ?? false,
    limitKey: operation.limitKey,
    maxPageSize: operation.limitKey === undefined ? undefined : server.limits[operation.limitKey],
    countWith: operation.count,
    sortedBy: operation.sortedBy,
    response: operation.response,
    body,
    bodyType:
      operation.bodyType ??
      (operation.method === 'POST' || operation.method === 'PUT' || body !== undefined ? 'json' : undefined),
    example: example(data, operation.example),
    statuses: operation.statuses ?? [],
    since: operation.since,
    legacy: operation.legacy ?? false,
    callers: operation.callers,
    access: operation.access,
    confidence: operation.confidence,
    notes: operation.notes ?? [],
    unverified: operation.unverified ?? [],
    sources: operation.sources.flatMap((key) => data.sources[key] ?? []),
    needsRelease:
      operation.since !== undefined &&
      server.version !== undefined &&
      compareReleases(server.version, operation.since) < 0
        ? operation.since
        : undefined,
    refusal: server.refusals[`operation:${operation.id}`] ?? refusalOfLevel(operation.access, server),
  };
}

/** A missing v1 level closes every operation that needs it; a missing READ also those that need FULL. */
function refusalOfLevel(access: Access, server: ServerView): Refusal | undefined {
  const read = server.refusals['access:v1Read'];
  if (access === 'v1Full') return server.refusals['access:v1Full'] ?? read;
  return access === 'v1Read' ? read : undefined;
}

/** What the server installed, with what the catalog knows of it; then what ships with PowerSchool but was not named. */
export function resolvePowerQueries(data: CatalogData, server: ServerView): OfferedPowerQuery[] {
  const refusal = (name: string): Refusal | undefined =>
    Object.hasOwn(server.refusals, `query:${name}`) ? server.refusals[`query:${name}`] : undefined;
  const known = new Map(data.powerQueries.map((query) => [query.name, query]));
  const queries: OfferedPowerQuery[] = [];
  for (const query of server.powerQueries ?? []) {
    const twin = known.get(query.name);
    known.delete(query.name);
    queries.push({
      name: query.name,
      summary: query.summary ?? twin?.summary ?? '',
      arguments: query.arguments.length > 0 ? query.arguments : (twin?.arguments ?? []),
      ...(twin?.since === undefined ? {} : { since: twin.since }),
      source: twin?.source ?? '',
      ...(query.columns === undefined ? {} : { columns: query.columns }),
      availability: 'reported',
      refusal: refusal(query.name),
    });
  }
  for (const query of known.values()) {
    const availability = server.powerQueries === undefined ? 'known' : 'notReported';
    queries.push({ ...query, availability, refusal: refusal(query.name) });
  }
  return queries;
}

function readFilter(data: CatalogData, key: string | undefined): Filter | undefined {
  if (key === undefined) return undefined;
  if (key === 'columns' || key === 'unknown') return { over: key, fields: [] };
  return { over: 'fields', fields: data.queryFields[key] ?? [] };
}

function example(data: CatalogData, value: unknown): unknown {
  if (typeof value === 'object' && value !== null && '$example' in value && typeof value.$example === 'string') {
    return data.examples[value.$example];
  }
  return value;
}
