import type { PackageSource } from '../../../../src/core/plugin/package/packageSource.ts';
import { fixture } from '../validFiles.ts';

/** The files of the valid package, by their paths. */
export function rosterFiles(): Record<string, string> {
  const paths = [
    'plugin.xml',
    'queries_root/roster.named_queries.xml',
    'permissions_root/roster.permission_mappings.xml',
    'user_schema_root/U_cedar.xml',
    'pagecataloging/roster.json',
    'MessageKeys/roster.US_en.properties',
    'MessageKeys/roster.US_es.properties',
    'WEB_ROOT/admin/roster/home.html',
  ];
  return Object.fromEntries(paths.map((path) => [path, fixture(`valid/roster/${path}`).text]));
}

/** A package in memory. */
export function packageOf(files: Readonly<Record<string, string>>, kind: PackageSource['kind'] = 'zip'): PackageSource {
  const entries = Object.entries(files).map(([path, text]) => {
    const bytes = Buffer.from(text);
    return { path, size: bytes.length, read: () => Promise.resolve(bytes) };
  });
  return { kind, name: 'roster', entries, faults: [] };
}
