import { loadTables } from '../../core/catalog/load.ts';
import type { TableSource } from './dictionary.ts';

/** The tables of the catalogue. */
export async function loadTableSources(): Promise<readonly TableSource[]> {
  const { tables } = await loadTables();
  return tables.map((table) => ({
    name: table.name,
    description: table.description,
    kind: table.kind,
    primaryKey: table.key,
    columns: table.columns.map((column) => ({
      name: column.name,
      type: column.type ?? 'string',
      description: column.description,
      nativeType: column.nativeType,
    })),
  }));
}
