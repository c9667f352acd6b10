import { randomUUID } from 'node:crypto';

/** Level of `<oauth accessLevelV1Api="…">`, since 25.2. */
export type V1AccessLevel = 'NONE' | 'READ' | 'FULL';

/** One more than the other: FullAccess includes reading. */
export type FieldAccess = 'ViewOnly' | 'FullAccess';

/** Which columns a plugin may read and write, from the `field` lines of its access request. */
export interface FieldGrants {
  /** Names in any case. */
  access(table: string, column: string): FieldAccess | undefined;
}

/** The grants of the built-in plugin: every column. */
export const EVERY_FIELD: FieldGrants = { access: () => 'FullAccess' };

/** Grants of the `field` lines; of two lines for one column the wider one counts. */
export function grantsOf(
  fields: Iterable<{ readonly table: string; readonly field: string; readonly access: FieldAccess }>,
): FieldGrants {
  const granted = new Map<string, FieldAccess>();
  for (const { table, field, access } of fields) {
    const key = `${table}.${field}`.toLowerCase();
    if (granted.get(key) !== 'FullAccess') granted.set(key, access);
  }
  return { access: (table, column) => granted.get(`${table}.${column}`.toLowerCase()) };
}

/** Page limits that an administrator sets for a plugin, as `/ws/v1/metadata` tells them. */
export type PageLimits = Readonly<Record<PageLimitKey, number>>;

export type PageLimitKey = (typeof PAGE_LIMIT_KEYS)[number];

export const PAGE_LIMIT_KEYS = [
  'course_max_page_size',
  'school_max_page_size',
  'section_max_page_size',
  'section_enrollment_max_page_size',
  'staff_max_page_size',
  'student_max_page_size',
  'term_max_page_size',
  'schema_table_query_max_page_size',
] as const;

/** The same limit for every kind of record. */
export function samePageLimits(limit: number): PageLimits {
  return Object.fromEntries(PAGE_LIMIT_KEYS.map((key) => [key, limit])) as PageLimits;
}

/** A plugin that is installed and enabled. */
export interface InstalledPlugin {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  /** An administrator can change the level that the manifest asks for. */
  v1Access: V1AccessLevel;
  readonly grants: FieldGrants;
  pageLimits: PageLimits;
  /** Undefined when the manifest has no `oauth`: no credentials are made then. */
  credentials: ClientCredentials | undefined;
  readonly findings: readonly PluginFinding[];
}

/** One line of the validation of an installed plugin. */
export interface PluginFinding {
  readonly level: string;
  readonly file: string;
  readonly code: string;
  readonly message: string;
  readonly categoryShortName: string;
}

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export function newCredentials(): ClientCredentials {
  return { clientId: randomUUID(), clientSecret: randomUUID() };
}

/** The plugin that is there from the start: `/ws/v1` FULL, every column, pages of 1,000. */
export function builtInPlugin(): InstalledPlugin {
  return {
    id: 1,
    name: 'Sandbox Data Provider',
    version: '1.0',
    v1Access: 'FULL',
    grants: EVERY_FIELD,
    pageLimits: samePageLimits(1000),
    credentials: newCredentials(),
    findings: [],
  };
}
