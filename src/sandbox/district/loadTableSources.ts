import { readFile } from 'node:fs/promises';
import type { TableSource } from './dictionary.ts';

/** The tables of the catalogue. */
export async function loadTableSources(): Promise<readonly TableSource[]> {
  const text = await readFile(new URL('../../../.cache/sandbox/tables.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { tables: TableSource[] }).tables;
}
