/**
 * The shape of `data/catalog.json`. The file is written by hand and checked by a JSON Schema and by tests;
 * `Catalog` (catalog.ts) resolves its references. A set of names such as `student` is used by several entries.
 */
export interface CatalogData {
  readonly format: 1;
  readonly note: string;
  readonly sources: Readonly<Record<string, Source>>;
  readonly areas: readonly AreaData[];
  readonly idKinds: Readonly<Record<string, IdKind>>;
  readonly parameters: Readonly<Record<string, QueryParameter>>;
  readonly queryFields: Readonly<Record<string, readonly QueryField[]>>;
  /** Set → path in a record → `type`, ` table.column` when it is known, `: description`. */
  readonly recordFields: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly expansions: Readonly<Record<string, readonly Expansion[]>>;
  readonly extensions: Readonly<Record<string, readonly Extension[]>>;
  readonly metadataKeys: readonly MetadataKey[];
  readonly events: EventFacts;
  readonly powerQueries: readonly PowerQueryData[];
  readonly mistakes: readonly CommonMistake[];
  readonly examples: Readonly<Record<string, unknown>>;
  readonly resources: readonly ResourceData[];
  readonly operations: readonly OperationData[];
}

/** Where a fact comes from. */
export interface Source {
  readonly title: string;
  readonly where: string;
}

/** The order of the areas in the file is the order in which they are shown. */
export interface AreaData {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** What a number or a name in a path stands for: PowerSchool has several ids for one student or school. */
export interface IdKind {
  readonly title: string;
  readonly type: 'integer' | 'string';
  readonly description: string;
  readonly example: string | number;
  /** The operation whose answer shows such ids. */
  readonly find?: string;
  /** The table whose DCID it is. */
  readonly table?: string;
}

/**
 * `filter` is a `q` expression (fiql.ts), `columns` a projection, `list` values joined by commas;
 * an expansion or extension list takes the names that the operation offers.
 */
export type ParameterType = 'integer' | 'string' | 'boolean' | 'list' | 'filter' | 'columns';

export interface QueryParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly itemType?: 'integer' | 'string';
  /** Key of an id kind. */
  readonly kind?: string;
  readonly required?: boolean;
  /** Optional by the documentation, but plugins must give it. */
  readonly requiredFor?: 'plugins';
  readonly default?: string | number | boolean;
  readonly description: string;
}

/** A name that `q` accepts on `/ws/v1`: a path in the record. */
export interface QueryField {
  readonly name: string;
  readonly type: 'integer' | 'string' | 'date' | 'enum';
  readonly description: string;
  /** Value → what it means. */
  readonly values?: Readonly<Record<string, string>>;
}

export interface Expansion {
  readonly name: string;
  readonly description: string;
  /** Only newer servers have it. */
  readonly newer?: boolean;
}

/** A 1:1 extension table seen on some servers. What a server has, it tells in `@extensions`. */
export interface Extension {
  readonly name: string;
  readonly description: string;
}

/** A key of `GET /ws/v1/metadata`. */
export interface MetadataKey {
  readonly key: string;
  readonly description: string;
  /** The records whose page size it limits. */
  readonly limits?: string;
}

export interface EventFacts {
  readonly resources: readonly string[];
  readonly types: readonly { readonly name: string; readonly description: string }[];
  readonly sources: readonly string[];
}

export interface PowerQueryData {
  readonly name: string;
  readonly summary: string;
  readonly arguments?: readonly PowerQueryArgument[];
  readonly since?: string;
  readonly source: string;
}

/** `integer[]` is sent as a JSON array. */
export interface PowerQueryArgument {
  readonly name: string;
  readonly type: 'integer' | 'number' | 'string' | 'boolean' | 'date' | 'integer[]' | 'string[]';
  readonly required?: boolean;
  readonly description?: string;
}

/** An address that people try although no official source has it. */
export interface CommonMistake {
  readonly method: string;
  readonly path: string;
  /** The operation to use instead. */
  readonly use: string;
  readonly reason: string;
}

export interface ResourceData {
  readonly id: string;
  readonly area: string;
  readonly title: string;
  readonly description: string;
  /** Key of a set of record fields. */
  readonly record?: string;
  /** Key of a set of expansions. */
  readonly expansions?: string;
  /** Key of a set of extensions. */
  readonly extensions?: string;
  /** The table behind it. */
  readonly table?: string;
}

/** What a request does; `query` and `count` may be a POST and still only read. */
export type OperationKind = 'list' | 'one' | 'count' | 'query' | 'create' | 'update' | 'delete' | 'other';

/**
 * What a plugin needs: `none` not even a token; `signIn` any valid token; `v1Read` and `v1Full` the
 * accessLevelV1Api of plugin.xml (from release 25.2); `viewOnly` and `fullAccess` a `<field>` for each column;
 * `unverified` no source tells.
 */
export type Access = 'none' | 'signIn' | 'v1Read' | 'v1Full' | 'viewOnly' | 'fullAccess' | 'unverified';

/** How an entry was established: endpoint list, several clients, one client, notes alone. */
export type Confidence = 'documented' | 'clients' | 'client' | 'notes';

/**
 * `wrapped`: data under `root`, a dotted path; `array`, `object`: bare body; `none`: no body; `unknown`: not
 * established. `keys` are keys to show when there is no single root.
 */
export interface ResponseShape {
  readonly shape: 'wrapped' | 'array' | 'object' | 'none' | 'unknown';
  readonly root?: string;
  readonly keys?: readonly string[];
}

export interface OperationData {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly resource: string;
  readonly kind: OperationKind;
  readonly summary: string;
  readonly description?: string;
  /** Name in the path → key of an id kind. */
  readonly params?: Readonly<Record<string, string>>;
  /** Keys of `parameters`. */
  readonly query?: readonly string[];
  readonly expansions?: string;
  readonly extensions?: boolean;
  /** Key of a set of query fields; `columns`: any granted column; `unknown`: no source names a field. */
  readonly filter?: string;
  readonly paged?: boolean;
  readonly limitKey?: string;
  /** The operation that counts what this one lists. */
  readonly count?: string;
  readonly sortedBy?: string;
  readonly response: ResponseShape;
  /** An example, or `{"$example": name}`. */
  readonly body?: unknown;
  readonly bodyType?: 'form';
  readonly example?: unknown;
  readonly statuses?: readonly number[];
  readonly since?: string;
  readonly legacy?: boolean;
  readonly callers: readonly string[];
  readonly access: Access;
  readonly confidence: Confidence;
  readonly notes?: readonly string[];
  readonly unverified?: readonly string[];
  readonly sources: readonly string[];
}
