import { readFileSync } from 'node:fs';
import type { ValidFile } from './mutation.ts';

const folder = new URL('../../fixtures/plugin/', import.meta.url);

/** Our own files without any error, one of each kind and more. */
export const VALID_FILES = [
  'valid/roster/plugin.xml',
  'valid/sso/plugin.xml',
  'valid/usual/plugin.xml',
  'valid/roster/queries_root/roster.named_queries.xml',
  'valid/roster/permissions_root/roster.permission_mappings.xml',
  'valid/roster/user_schema_root/U_cedar.xml',
  'valid/roster/pagecataloging/roster.json',
  'valid/roster/MessageKeys/roster.US_en.properties',
] as const;

export function fixture(path: string): ValidFile {
  return { fileName: path, text: readFileSync(new URL(path, folder), 'utf8') };
}
