import { nearestName } from '../../schema/nearestName.ts';
import { NameChecker } from '../tableNames.ts';
import type { PackageSubject } from './packageRule.ts';

/**
 * What plugin.xml asks for, as `TABLE.FIELD` in upper case. A misspelt name, which has a message of its own, counts as
 * what it is meant to be too.
 */
export function grantedFields({ manifest, tables, extensions }: PackageSubject): ReadonlySet<string> {
  const granted = new Set<string>();
  const names = tables && new NameChecker(tables);
  const defined = extensions.flatMap(({ content }) => content.tables.map(({ name }) => name.toUpperCase()));
  for (const { key, table, field } of manifest?.content.fields ?? []) {
    granted.add(key);
    const check = names?.check(table, field);
    const near = check === undefined || check.kind === 'known' ? undefined : check.nearest;
    if (near !== undefined)
      granted.add((check?.kind === 'table' ? `${near}.${field.trim()}` : `${table.trim()}.${near}`).toUpperCase());
    const own = /^u_/i.test(table) ? nearestName(table.trim().toUpperCase(), defined) : undefined;
    if (own !== undefined) granted.add(`${own}.${field.trim()}`.toUpperCase());
  }
  return granted;
}
