import type { FilterTerm } from './fiql.ts';

/** What somebody picked in the tree: the one value from which requests are composed, and into which they are read. */
export interface Selection {
  /** Id of an operation. */
  readonly operation: string;
  /** By name in the path; what is absent or empty is still to be chosen. */
  readonly pathParams: Readonly<Record<string, string>>;
  readonly expansions: readonly string[];
  readonly extensions: readonly string[];
  readonly filter: readonly FilterTerm[];
  /** Projection: columns of a table, or `table.column` of a PowerQuery. None: all columns. */
  readonly columns: readonly string[];
  readonly sort: readonly SortKey[];
  readonly page: string | undefined;
  readonly pageSize: string | undefined;
  /** PowerQuery arguments by name. */
  readonly arguments: Readonly<Record<string, ArgumentValue>>;
  /** Further query parameters, in order; a flag has no value. */
  readonly query: readonly (readonly [name: string, value: string | undefined])[];
  /** Body of a write, as text. */
  readonly body: string | undefined;
}

/** A column of a table, or `table.column` of a PowerQuery. */
export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

/** As typed; the type of the argument decides how it is written in JSON. A list becomes an array. */
export type ArgumentValue = string | readonly string[];

/** Nothing picked yet. */
export function emptySelection(operation: string, pathParams: Readonly<Record<string, string>> = {}): Selection {
  return {
    operation,
    pathParams,
    expansions: [],
    extensions: [],
    filter: [],
    columns: [],
    sort: [],
    page: undefined,
    pageSize: undefined,
    arguments: {},
    query: [],
    body: undefined,
  };
}
