import type { DatabaseExtension } from '../../core/plugin/database/databaseExtension.ts';
import type { XmlElement } from '../../core/plugin/reader/xmlDocument.ts';
import type { ColumnDefinition, ColumnType, Dictionary, TableDefinition, TableKind } from '../district/dictionary.ts';
import { canonicalColumnName } from '../district/tableNames.ts';

/**
 * The tables that a file of `user_schema_root` makes: `type="standalone"` extends nothing, a `childName` makes a
 * one-to-many child of the core table, neither makes a one-to-one extension. Tables that exist are left as they are.
 */
export function defineExtensionTables(
  extension: DatabaseExtension,
  dictionary: Dictionary,
): readonly TableDefinition[] {
  return extension.tables
    .map(({ element }) => defineTable(element))
    .filter((table) => table.name !== '' && dictionary.table(table.name) === undefined);
}

function defineTable(element: XmlElement): TableDefinition {
  const displayName = element.attributeValue('dbTableName').trim();
  const core = element.attributeValue('coreTable').trim().toLowerCase();
  const kind = kindOf(element, core);
  const parentKey = kind === 'standalone' ? undefined : `${core}dcid`;
  const keys = [...(kind === 'oneToOne' ? [] : ['id']), ...(parentKey === undefined ? [] : [parentKey])];
  const columns: ColumnDefinition[] = keys.map((name) => column(name, 'integer'));
  for (const field of element.elements('field')) {
    const length = Number(field.attributeValue('length'));
    columns.push({
      ...column(field.attributeValue('name').trim(), columnType(field.attributeValue('type'))),
      maxLength: Number.isInteger(length) && length > 0 ? length : undefined,
    });
  }
  for (const name of ['whocreated', 'whomodified']) columns.push(column(name, 'string'));
  for (const name of ['whencreated', 'whenmodified']) columns.push(column(name, 'datetime'));
  const unique = new Map(columns.map((candidate) => [candidate.name, candidate]));
  return {
    name: displayName.toLowerCase(),
    displayName,
    kind,
    primaryKey: kind === 'oneToOne' ? (parentKey ?? 'id') : 'id',
    parent: kind === 'standalone' ? undefined : core,
    parentKey,
    columns: [...unique.values()],
    description: element.attributeValue('comment'),
  };
}

function kindOf(element: XmlElement, core: string): TableKind {
  if (core === '' || element.attributeValue('type').trim().toLowerCase() === 'standalone') return 'standalone';
  return element.attributeValue('childName') === '' ? 'oneToOne' : 'child';
}

function column(name: string, type: ColumnType): ColumnDefinition {
  const lower = name.toLowerCase();
  return { name: lower, displayName: canonicalColumnName(lower), type, description: undefined, maxLength: undefined };
}

function columnType(type: string): ColumnType {
  switch (type.trim().toLowerCase()) {
    case 'integer':
    case 'boolean':
      return 'integer';
    case 'double':
      return 'number';
    case 'date':
      return 'date';
    case 'clob':
      return 'clob';
    default:
      return 'string';
  }
}
