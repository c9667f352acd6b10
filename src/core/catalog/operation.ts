import type {
  Access,
  Confidence,
  Expansion,
  Extension,
  IdKind,
  OperationKind,
  PowerQueryData,
  QueryField,
  QueryParameter,
  ResponseShape,
  Source,
} from './catalogData.ts';
import type { RecordField } from './recordField.ts';
import type { Refusal } from './serverFacts.ts';

/** One thing the API can do: a method on a path, with everything that is known about it. */
export interface Operation {
  /** Stable, camelCase; fit for `# @name`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Template such as `/ws/v1/student/{id}`. */
  readonly path: string;
  readonly area: string;
  readonly resource: string;
  readonly kind: OperationKind;
  /** Changes records on the server: such a request asks first on production. */
  readonly writes: boolean;
  readonly summary: string;
  readonly description: string;
  readonly pathParams: readonly PathParameter[];
  readonly queryParams: readonly QueryParameter[];
  readonly expansions: readonly OfferedExpansion[];
  /** Takes `extensions=`; `extensions` then lists those that are known. */
  readonly extensionsSupported: boolean;
  readonly extensions: readonly OfferedExtension[];
  readonly filter: Filter | undefined;
  /** Takes `page` and `pagesize`. */
  readonly paged: boolean;
  /** Key of the server's metadata that limits the page size. */
  readonly limitKey: string | undefined;
  /** Largest page on this server, when its metadata was read. */
  readonly maxPageSize: number | undefined;
  /** Id of the operation that counts what this one lists. */
  readonly countWith: string | undefined;
  readonly sortedBy: string | undefined;
  readonly response: ResponseShape;
  /** Example of a body to send. */
  readonly body: unknown;
  readonly bodyType: 'json' | 'form' | undefined;
  /** Example of an answer; invented data. */
  readonly example: unknown;
  readonly statuses: readonly number[];
  /** Release of PowerSchool in which it appeared. */
  readonly since: string | undefined;
  readonly legacy: boolean;
  /** Who may call it, in the words of the endpoint list: PLUGINS, ADMIN, TEACHERS … */
  readonly callers: readonly string[];
  readonly access: Access;
  readonly confidence: Confidence;
  readonly notes: readonly string[];
  /** Sentences on what no source settles. */
  readonly unverified: readonly string[];
  readonly sources: readonly Source[];
  /** The release that this operation needs, when the server is older. */
  readonly needsRelease: string | undefined;
  /** How the server refused it last time. */
  readonly refusal: Refusal | undefined;
}

export interface PathParameter {
  readonly name: string;
  /** Key of the id kind, such as `student` or `school`. */
  readonly kind: string;
  readonly is: IdKind;
}

/** What `q` may name. `fields`: those listed; `columns`: any column granted to the plugin; `unknown`: no source tells. */
export interface Filter {
  readonly over: 'fields' | 'columns' | 'unknown';
  readonly fields: readonly QueryField[];
}

/** `known` from the catalog alone; a server that was asked makes it `reported` or `notReported`. */
export type Availability = 'known' | 'reported' | 'notReported';

export interface OfferedExpansion extends Expansion {
  readonly availability: Availability;
}

export interface OfferedExtension extends Extension {
  readonly availability: Availability;
}

export interface OfferedPowerQuery extends PowerQueryData {
  /** Of the answer, when the server told: `table.column`, or the bare name where the query is flattened. */
  readonly columns?: readonly string[];
  readonly availability: Availability;
  /** How the server refused it last time. */
  readonly refusal: Refusal | undefined;
}

/** A path family, as the tree shows it: the operations on students, on terms, on table rows. */
export interface Resource {
  readonly id: string;
  readonly area: string;
  readonly title: string;
  readonly description: string;
  readonly operations: readonly Operation[];
  readonly expansions: readonly OfferedExpansion[];
  readonly extensions: readonly OfferedExtension[];
  /** What its records hold; empty when no source tells. */
  readonly recordFields: readonly RecordField[];
  readonly table: string | undefined;
}

export interface Area {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly resources: readonly Resource[];
}

/** The names that a filter of this resource accepts. */
export function queryFieldsOf({ operations }: Resource): readonly QueryField[] {
  return operations.find(({ filter }) => filter?.over === 'fields')?.filter?.fields ?? [];
}
