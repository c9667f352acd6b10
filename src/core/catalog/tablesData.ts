import type { Source } from './catalogData.ts';

/** The shape of `data/tables.json`: tables and columns as they are known without a server. */
export interface TablesData {
  readonly format: 1;
  readonly note: string;
  readonly sources: Readonly<Record<string, Source>>;
  /** What the prefixes and ids of tables mean. */
  readonly naming: Readonly<Record<string, string>>;
  /** Views that a PowerQuery may read. */
  readonly powerQueryViews: readonly string[];
  /** Tables and columns that one live server refused. */
  readonly absent: readonly AbsentName[];
  /** Incident tables that were seen, mostly without their columns. */
  readonly incidentTables: readonly string[];
  readonly tables: readonly TableData[];
}

export interface AbsentName {
  readonly table: string;
  readonly column?: string;
  readonly status?: number;
  readonly note?: string;
}

export type TableKind = 'core' | 'view' | 'coreExtension' | 'stateExtension' | 'userExtension';

export interface TableData {
  readonly name: string;
  readonly kind: TableKind;
  readonly description: string;
  /** Column that is the row's id in API addresses. */
  readonly key?: string;
  readonly number?: number;
  /** Why the table API does not serve it. */
  readonly closed?: string;
  readonly sources: readonly string[];
  /** Name → `type`, `?` when inferred, `[type in the database]`, `!` when secret, `: description`. */
  readonly columns: Readonly<Record<string, string>>;
}
