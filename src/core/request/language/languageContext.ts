import type { Catalog } from '../../catalog/catalog.ts';
import type { TableCatalog } from '../../catalog/tables.ts';
import type { Wording } from '../../problem/phrase.ts';
import type { EnvironmentFile } from '../environment.ts';
import type { RequestEntry } from '../requestFile.ts';

/** A server, and the API as it has it. */
export interface ServerPlace {
  /** What the API offers, merged with what the server reported. */
  readonly catalog?: Catalog | undefined;
  readonly tables?: TableCatalog | undefined;
  readonly server?:
    { readonly name: string; readonly origin: string; readonly kind: 'production' | 'test' | 'sandbox' } | undefined;
}

/**
 * What the language knows besides the text: the active server, and the rest. Everything is optional: with nothing it
 * still knows the syntax.
 */
export interface RequestLanguageContext extends ServerPlace {
  /** The other servers that the file names with `# @server`, by name. */
  readonly others?: ReadonlyMap<string, ServerPlace> | undefined;
  /** Names that `# @server` may take; undefined when nobody knows them. */
  readonly serverNames?: readonly string[] | undefined;
  /** The environment files that apply to the file, the nearest first. */
  readonly environments?: readonly EnvironmentFile[] | undefined;
  /** The chosen environment. */
  readonly environment?: string | undefined;
  /** How sentences are worded; English when left out. */
  readonly wording?: Wording | undefined;
  /** The last answer of a request of the file. */
  readonly answer?: ((request: RequestEntry) => LastAnswer | undefined) | undefined;
  /** Paths of files near the request file, relative to it, for `< ./file`. */
  readonly nearbyFiles?: (() => readonly string[]) | undefined;
}

export interface LastAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  /** The parsed body; undefined when it is no JSON. */
  readonly json: unknown;
}
