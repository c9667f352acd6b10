import { fieldLine } from '../../catalog/tableDocs.ts';
import type { FieldGrant } from './fieldInsertion.ts';
import { queryFileText, type NewQuery } from './newQuery.ts';
import { attributeText } from './xmlText.ts';

/** What may be read and written under `/ws/v1` with the plugin's credentials. */
export type V1Access = 'NONE' | 'READ' | 'FULL';

export interface NewPlugin {
  /** 1 to 40 characters, unique on the server. */
  readonly name: string;
  /** 1 to 100 characters. */
  readonly publisher: string;
  /** 1 to 40 characters, `local@host.tld`. */
  readonly email: string;
  /** Up to 256 characters; one is made when it is left out. */
  readonly description?: string | undefined;
  readonly v1Access: V1Access;
  /** Columns to read through tables and PowerQueries; what the query selects is added. */
  readonly fields: readonly FieldGrant[];
  readonly query?: NewQuery | undefined;
}

/** A file of a package, by its path in the package with forward slashes. */
export interface PluginTextFile {
  readonly path: string;
  readonly text: string;
}

const LONGEST_DESCRIPTION = 256;

/**
 * The files of a new plugin, `plugin.xml` first. They lint without a finding when the values keep to their limits. A
 * query over no column is not written.
 */
export function createPluginFiles(plugin: NewPlugin): PluginTextFile[] {
  const files = [{ path: 'plugin.xml', text: manifestText(plugin) }];
  const { query } = plugin;
  if (query && query.columns.length > 0) {
    files.push({ path: `queries_root/${fileStem(plugin.name)}.named_queries.xml`, text: queryFileText(query) });
  }
  return files;
}

/** The name of a plugin as part of a file name: lower case, `-` between words. */
export function fileStem(name: string): string {
  const stem = name
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return stem === '' ? 'plugin' : stem;
}

function manifestText(plugin: NewPlugin): string {
  const { name, publisher, email, v1Access } = plugin;
  const grants = grantsOf(plugin);
  const description = plugin.description?.trim() || defaultDescription(plugin, grants);
  // Without the attribute the level is NONE, and servers before 25.2 do not know the attribute.
  const level = v1Access === 'NONE' ? '' : ` accessLevelV1Api="${v1Access}"`;
  const request = [
    '  <access_request>',
    ...grants.map(({ table, column }) => `    ${fieldLine(table.toUpperCase(), column.toUpperCase())}`),
    '  </access_request>',
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<plugin xmlns="http://plugin.powerschool.pearson.com"',
    '        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    '        xsi:schemaLocation="http://plugin.powerschool.pearson.com plugin.xsd"',
    `        name="${attributeText(name.trim())}"`,
    '        version="1.0.0"',
    `        description="${attributeText(description)}">`,
    `  <oauth${level}/>`,
    ...(grants.length === 0 ? [] : request),
    `  <publisher name="${attributeText(publisher.trim())}">`,
    `    <contact email="${attributeText(email.trim())}"/>`,
    '  </publisher>',
    '</plugin>',
    '',
  ].join('\n');
}

/** Each column once, tables together, in the order they were first named. */
function grantsOf({ fields, query }: NewPlugin): FieldGrant[] {
  const selected = query === undefined ? [] : [...query.columns, ...(query.conditions ?? [])];
  const all = [...fields, ...selected.map((column) => ({ table: query?.table ?? '', column }))];
  const tables = new Map<string, Map<string, FieldGrant>>();
  for (const grant of all) {
    const table = grant.table.toUpperCase();
    const columns = tables.get(table) ?? new Map<string, FieldGrant>();
    tables.set(table, columns);
    const column = grant.column.toUpperCase();
    if (!columns.has(column)) columns.set(column, { table, column });
  }
  return [...tables.values()].flatMap((columns) => Array.from(columns.values()));
}

function defaultDescription({ v1Access }: NewPlugin, grants: readonly FieldGrant[]): string {
  const tables = [...new Set(grants.map(({ table }) => table))];
  if (tables.length === 0) {
    return v1Access === 'FULL' ? 'Reads and writes through the PowerSchool API.' : 'Reads through the PowerSchool API.';
  }
  const text = `Reads ${tables.join(', ')}.`;
  return text.length <= LONGEST_DESCRIPTION ? text : `Reads ${tables.length} tables.`;
}
