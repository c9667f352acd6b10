import type { FieldRequest } from '../manifest/manifest.ts';
import type { NamedQuery } from '../query/namedQuery.ts';
import type { FieldGrant } from './fieldInsertion.ts';

/** What the PowerQueries of a package read, held against what its plugin.xml asks for. Upper case, each column once. */
export interface GrantCoverage {
  /** Columns that PowerQueries name as TABLE.FIELD. */
  readonly used: readonly FieldGrant[];
  /** Those that plugin.xml does not ask for: calls with the plugin's credentials are refused. */
  readonly missing: readonly FieldGrant[];
}

/** Columns of <column> alone: what only the SQL names is not judged. */
export function grantCoverage(fields: readonly FieldRequest[], queries: readonly NamedQuery[]): GrantCoverage {
  const granted = new Set(fields.map(({ key }) => key));
  const used = new Map<string, FieldGrant>();
  for (const { columns } of queries) {
    for (const { name, column } of columns) {
      const [, table, field] = /^([\w$]+)\.([\w$]+)$/.exec((column ?? name).toUpperCase()) ?? [];
      if (table !== undefined && field !== undefined) used.set(`${table}.${field}`, { table, column: field });
    }
  }
  return {
    used: [...used.values()],
    missing: [...used].filter(([key]) => !granted.has(key)).map(([, grant]) => grant),
  };
}
