import type { TextRange } from '../../text/textRange.ts';
import type { FieldAccess } from '../manifest/manifest.ts';
import type { NamedQuery } from '../query/namedQuery.ts';
import type { PluginPackage } from './pluginPackage.ts';

/** A package as plain data: what it asks for and what it brings. */
export interface PackageDescriptor {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  /** It asks for a Client ID and Secret. */
  readonly oauth: boolean;
  readonly accessLevelV1Api: 'NONE' | 'READ' | 'FULL';
  /** As written; names count without case. */
  readonly grants: readonly { readonly table: string; readonly field: string; readonly access: FieldAccess }[];
  readonly queries: readonly QueryDescriptor[];
  readonly mappings: readonly { readonly page: string; readonly method: string; readonly path: string }[];
  /** Tables that the package adds. */
  readonly tables: readonly { readonly name: string; readonly coreTable: string; readonly fields: readonly string[] }[];
}

export interface QueryDescriptor {
  /** Path of its file in the package. */
  readonly path: string;
  readonly name: string;
  readonly coreTable: string | undefined;
  readonly flattened: boolean;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly args: readonly {
    readonly name: string;
    readonly column: string;
    readonly required: boolean;
    readonly description: string;
    readonly type: string;
    readonly defaultValue: string | undefined;
  }[];
  readonly columns: readonly {
    readonly name: string;
    readonly column: string | undefined;
    readonly description: string;
  }[];
  readonly sql: string;
  /** Places in the file: the whole query, its name, its SQL. */
  readonly ranges: { readonly query: TextRange; readonly name: TextRange; readonly sql: TextRange | undefined };
}

/** What a package asks for and brings; faulty parts are left out. */
export function describePackage({ manifest, queries, mappings, extensions }: PluginPackage): PackageDescriptor {
  const plugin = manifest?.content;
  const level = plugin?.oauth?.attributeValue('accessLevelV1Api');
  return {
    name: plugin?.name?.value ?? '',
    version: plugin?.version?.value ?? '',
    publisher: plugin?.publisher?.attributeValue('name') ?? '',
    oauth: plugin?.oauth !== undefined,
    accessLevelV1Api: level === 'READ' || level === 'FULL' ? level : 'NONE',
    grants: (plugin?.fields ?? []).flatMap(({ table, field, access }) =>
      access === 'ViewOnly' || access === 'FullAccess' ? [{ table: table.trim(), field: field.trim(), access }] : [],
    ),
    queries: queries.flatMap(({ file, content }) => content.queries.map((query) => describeQuery(query, file.inside))),
    mappings: mappings.flatMap(({ content }) =>
      content.permissions.flatMap(({ page, implies }) =>
        implies.map(({ allow, path }) => ({ page, method: allow, path })),
      ),
    ),
    tables: extensions.flatMap(({ content }) =>
      content.tables.map(({ name, coreTable, fields }) => ({
        name,
        coreTable,
        fields: fields.map((field) => field.name),
      })),
    ),
  };
}

/** One query as plain data. */
export function describeQuery(query: NamedQuery, path: string): QueryDescriptor {
  const { element, nameAttribute, sql } = query;
  return {
    path,
    name: query.name,
    coreTable: query.coreTable,
    flattened: query.flattened,
    summary: query.summary,
    description: query.description,
    args: query.args.map(({ name, column, required, description, type, defaultValue }) => ({
      name,
      column,
      required,
      description,
      type,
      defaultValue,
    })),
    columns: query.columns.map(({ name, column, description }) => ({ name, column, description })),
    sql: sql?.element.text.trim() ?? '',
    ranges: {
      query: { start: element.start, end: element.end },
      name:
        nameAttribute === undefined
          ? { start: element.start, end: element.startTagEnd }
          : { start: nameAttribute.valueStart, end: nameAttribute.valueEnd },
      sql:
        sql === undefined
          ? undefined
          : { start: sql.element.startTagEnd, end: sql.source.start + sql.source.text.length },
    },
  };
}
