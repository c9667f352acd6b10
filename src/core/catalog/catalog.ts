import type { CatalogData, EventFacts, IdKind, MetadataKey } from './catalogData.ts';
import { nearestOperations, type Suggestion } from './nearest.ts';
import type { Area, OfferedPowerQuery, Operation, Resource } from './operation.ts';
import { NOTHING_SAID, resolveAreas, resolvePowerQueries, type ServerView } from './operationReader.ts';
import { matchTemplate, parseTemplate, specificity, splitPath, type TemplateSegment } from './pathTemplate.ts';

export interface OperationMatch {
  readonly operation: Operation;
  /** Decoded values by parameter name. */
  readonly pathParams: Readonly<Record<string, string>>;
}

/** What the API offers, ready to be asked. Immutable; a server's own view is another Catalog (serverCatalog.ts). */
export class Catalog {
  readonly data: CatalogData;
  /** In the order in which they are shown. */
  readonly areas: readonly Area[];
  readonly resources: readonly Resource[];
  readonly operations: readonly Operation[];
  /** Those of the server, then those that ship with PowerSchool and that the server did not name. */
  readonly powerQueries: readonly OfferedPowerQuery[];
  /** Release of the server, when it is known. */
  readonly serverVersion: string | undefined;
  readonly #byId = new Map<string, Operation>();
  readonly #byLength = new Map<number, { template: readonly TemplateSegment[]; operation: Operation }[]>();

  constructor(data: CatalogData, server: ServerView = NOTHING_SAID) {
    this.data = data;
    this.areas = resolveAreas(data, server);
    this.resources = this.areas.flatMap((area) => area.resources);
    this.operations = this.resources.flatMap((resource) => resource.operations);
    this.powerQueries = resolvePowerQueries(data, server);
    this.serverVersion = server.version;
    for (const operation of this.operations) {
      this.#byId.set(operation.id, operation);
      const template = parseTemplate(operation.path);
      const family = this.#byLength.get(template.length);
      if (family === undefined) this.#byLength.set(template.length, [{ template, operation }]);
      else family.push({ template, operation });
    }
    for (const family of this.#byLength.values()) {
      family.sort((a, b) => specificity(b.template) - specificity(a.template));
    }
  }

  get idKinds(): Readonly<Record<string, IdKind>> {
    return this.data.idKinds;
  }

  get metadataKeys(): readonly MetadataKey[] {
    return this.data.metadataKeys;
  }

  get events(): EventFacts {
    return this.data.events;
  }

  operation(id: string): Operation | undefined {
    return this.#byId.get(id);
  }

  powerQuery(name: string): OfferedPowerQuery | undefined {
    return this.powerQueries.find((query) => query.name === name);
  }

  resource(id: string): Resource | undefined {
    return this.resources.find((resource) => resource.id === id);
  }

  /**
   * The operation behind a request. `target` is a path or a URL; query, end slash and a leading `{{host}}` do not
   * matter, and `{{variables}}` stand for values. Fixed text wins over a parameter.
   */
  match(method: string, target: string): OperationMatch | undefined {
    const wanted = method.toUpperCase();
    return this.matchAll(target).find(({ operation }) => operation.method === wanted);
  }

  /** The same for every method: what can be done at this address. The most specific address comes first. */
  matchAll(target: string): OperationMatch[] {
    const segments = splitPath(target);
    const matches: OperationMatch[] = [];
    for (const { template, operation } of this.#byLength.get(segments.length) ?? []) {
      const pathParams = matchTemplate(template, segments);
      if (pathParams !== undefined) matches.push({ operation, pathParams });
    }
    return matches;
  }

  /** Up to three operations that somebody may have meant by an address that does not exist, best first. */
  nearest(target: string, method = 'GET'): Suggestion[] {
    return nearestOperations(this, target, method);
  }
}
